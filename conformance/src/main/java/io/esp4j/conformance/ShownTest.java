package io.esp4j.conformance;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test that says which requirements it is about.
 *
 * @param ids the requirements, in the order of the name
 * @param testClass the simple name of its class
 * @param name its display name without the ids, and without what tells one invocation of it from another
 * @param passed whether it ran and passed; a skipped test, for want of a native library or a program, has not
 */
record ShownTest(List<String> ids, String testClass, String name, boolean passed) {
    private static final String IDS = "(?:[RALOKW]\\d+\\s+)*[RALOKW]\\d+";
    private static final Pattern NAME = Pattern.compile("(" + IDS + ")[\\s:,]+(.*)", Pattern.DOTALL);
    /** A parameterised or repeated test's invocation, or a dynamic test that repeats its factory's ids. */
    private static final Pattern INVOCATION =
            Pattern.compile("\\[\\d+].*| repetition \\d+ of \\d+$| " + IDS + "\\s.*", Pattern.DOTALL);

    /** {@return the test, or nothing if its name begins with no id} */
    static Optional<ShownTest> of(String testClass, String displayName, boolean passed) {
        Matcher matcher = NAME.matcher(displayName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = INVOCATION.matcher(matcher.group(2)).replaceFirst("").strip();
        return Optional.of(new ShownTest(List.of(matcher.group(1).split("\\s+")), testClass, name, passed));
    }
}
