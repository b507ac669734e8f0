package io.esp4j.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the page of a test run and compares it with the committed one. A build tool calls it, after the tests of all modules.
 *
 * <p>Fails if a requirement fell below its committed status or is not on the committed page, and, in a release, if a MUST is open.
 */
public final class ConformanceCheck {
    private final List<Requirement> requirements;
    private final Map<String, Status> shown;
    private final Map<String, Status> committed;
    private final boolean release;

    ConformanceCheck(
            List<Requirement> requirements, Map<String, Status> shown, Map<String, Status> committed, boolean release) {
        this.requirements = requirements;
        this.shown = shown;
        this.committed = committed;
        this.release = release;
    }

    /**
     * Writes the page and compares it.
     *
     * @param arguments the project's root, the file for the page, the project's version
     * @throws IOException if a file cannot be read or written
     * @throws IllegalStateException if the committed page promises more than the tests show
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path fresh = Path.of(arguments[1]);
        boolean release = !arguments[2].endsWith("-SNAPSHOT");
        List<Requirement> requirements = Requirement.read(root.resolve("docs/requirements.csv"));
        ConformancePage page = new ConformancePage(requirements, SurefireReports.read(root));
        Files.createDirectories(fresh.toAbsolutePath().getParent());
        Files.writeString(fresh, page.render());

        Path committedPage = root.resolve("docs/conformance.md");
        List<String> committed = Files.exists(committedPage) ? Files.readAllLines(committedPage) : List.of();
        List<String> complaints = new ConformanceCheck(
                        requirements, page.statuses(), ConformancePage.statuses(committed), release)
                .complaints();
        String remedy =
                "cp " + root.relativize(fresh.toAbsolutePath().normalize()) + " " + root.relativize(committedPage);
        if (!complaints.isEmpty()) {
            throw new IllegalStateException("docs/conformance.md is not what the tests show:\n  "
                    + String.join("\n  ", complaints) + "\nIf that is meant, after mvn clean verify: " + remedy);
        }
        if (!committed.equals(Files.readAllLines(fresh))) {
            System.out.println("docs/conformance.md is older than the tests: " + remedy);
        }
    }

    /** {@return what is wrong, nothing if nothing is} */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Requirement requirement : requirements) {
            String id = requirement.id();
            Status now = shown.get(id);
            Status before = committed.get(id);
            if (before == null) {
                complaints.add(id + " is not on the page");
            } else if (now.compareTo(before) < 0) {
                complaints.add(id + " was " + before.word() + " and is " + now.word());
            }
            if (release && now == Status.OPEN && requirement.level().equals("MUST")) {
                complaints.add(id + " is a MUST and open in a release");
            }
        }
        return complaints;
    }
}
