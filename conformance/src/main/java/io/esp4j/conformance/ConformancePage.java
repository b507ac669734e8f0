package io.esp4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page: what each id asks, and which tests show it. Threads: immutable. */
final class ConformancePage {
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\d+) \\| (open|partly|covered) \\| .*");

    private static final String INTRODUCTION = """
            # Conformance

            Generated from the test run (`mvn verify`), never typed. A test's display name begins with the ids of what it shows;
            `docs/requirements.csv` says what the ids ask and where something is missing.

            - **covered**: at least one test ran and passed.
            - **partly**: so it is, and the row says what is missing.
            - **open**: no test has shown it.

            A test that is skipped for want of a native library or a program is named here and covers nothing: every row stands without them.
            """;

    private final List<Requirement> requirements;
    private final Map<String, List<ShownTest>> testsById;

    ConformancePage(List<Requirement> requirements, List<ShownTest> tests) {
        this.requirements = List.copyOf(requirements);
        testsById = new LinkedHashMap<>();
        for (Requirement requirement : requirements) {
            testsById.put(requirement.id(), new ArrayList<>());
        }
        for (ShownTest test : tests) {
            for (String id : test.ids()) {
                testsById
                        .computeIfAbsent(id, unknown -> {
                            throw new IllegalArgumentException(test.testClass() + " has a test that begins with "
                                    + unknown + ", which docs/requirements.csv does not have: " + test.name());
                        })
                        .add(test);
            }
        }
    }

    /** {@return the status of every id, in the order of the requirements} */
    Map<String, Status> statuses() {
        Map<String, Status> statuses = new LinkedHashMap<>();
        for (Requirement requirement : requirements) {
            statuses.put(requirement.id(), Status.of(requirement, testsById.get(requirement.id())));
        }
        return statuses;
    }

    /** {@return the statuses on a page that was rendered before} */
    static Map<String, Status> statuses(List<String> page) {
        Map<String, Status> statuses = new LinkedHashMap<>();
        for (String line : page) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Status status = Status.valueOf(row.group(2).toUpperCase(Locale.ROOT));
                statuses.put(row.group(1), status);
            }
        }
        return statuses;
    }

    /** {@return the page as Markdown} */
    String render() {
        Map<String, Status> statuses = statuses();
        StringBuilder page = new StringBuilder(INTRODUCTION).append('\n');
        for (Status status : new Status[] {Status.COVERED, Status.PARTLY, Status.OPEN}) {
            long rows = statuses.values().stream().filter(status::equals).count();
            page.append(status == Status.COVERED ? "" : ", ").append(rows + " " + status.word());
        }
        page.append(".\n\n| id | status | tests |\n|---|---|---|\n");
        for (Requirement requirement : requirements) {
            page.append("| " + requirement.id() + " | ");
            page.append(statuses.get(requirement.id()).word() + " | ");
            page.append(cell(requirement) + " |\n");
        }
        page.append("\n## What the ids ask\n\n");
        for (Requirement requirement : requirements) {
            page.append("- **" + requirement.id() + "** (" + requirement.level() + ") " + requirement.title() + "\n");
        }
        return page.toString();
    }

    private String cell(Requirement requirement) {
        Map<String, Set<String>> namesByClass = new TreeMap<>();
        for (ShownTest test : testsById.get(requirement.id())) {
            namesByClass
                    .computeIfAbsent(test.testClass(), none -> new TreeSet<>())
                    .add(test.name());
        }
        String tests = namesByClass.entrySet().stream()
                .map(entry ->
                        "`" + entry.getKey() + "`: " + escape(String.join("; ", TestNames.shorten(entry.getValue()))))
                .collect(Collectors.joining("<br>"));
        String limit = requirement.limit().isEmpty() ? "" : "*Missing: " + escape(requirement.limit()) + "*";
        return tests + (tests.isEmpty() || limit.isEmpty() ? "" : "<br>") + limit;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ");
    }
}
