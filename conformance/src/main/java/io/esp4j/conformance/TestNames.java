package io.esp4j.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Makes the names of a class's tests short enough to read: one for a long series that differs only at its end. Stateless. */
final class TestNames {
    private static final int SERIES = 4;
    private static final int COMMON_CHARACTERS = 24;

    private TestNames() {}

    /** {@return the names in order, each series of four or more as what they have in common} */
    static List<String> shorten(Collection<String> names) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(names));
        List<String> shortened = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            int to = from + 1;
            String common = sorted.get(from);
            while (to < sorted.size() && common(common, sorted.get(to)).length() >= COMMON_CHARACTERS) {
                common = common(common, sorted.get(to));
                to++;
            }
            if (to - from >= SERIES) {
                shortened.add(common + " …");
                from = to;
            } else {
                shortened.add(sorted.get(from));
                from++;
            }
        }
        return shortened;
    }

    /** {@return the whole words that two names begin with} */
    private static String common(String a, String b) {
        int end = 0;
        while (end < a.length() && end < b.length() && a.charAt(end) == b.charAt(end)) {
            end++;
        }
        boolean whole = end == a.length() || a.charAt(end) == ' ';
        return a.substring(0, whole ? end : Math.max(0, a.lastIndexOf(' ', end - 1)))
                .strip();
    }
}
