package io.esp4j.conformance;

import java.util.Locale;

/** How much of a requirement is shown, in rising order. */
enum Status {
    /** No test has shown it. */
    OPEN,
    /** Tests have shown it but for what its row says is missing. */
    PARTLY,
    /** At least one test has shown it, and nothing is known to be missing. */
    COVERED;

    /** {@return the status of a requirement, given its tests} */
    static Status of(Requirement requirement, Iterable<ShownTest> tests) {
        for (ShownTest test : tests) {
            if (test.passed()) {
                return requirement.limit().isEmpty() ? COVERED : PARTLY;
            }
        }
        return OPEN;
    }

    /** {@return the word on the page} */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
