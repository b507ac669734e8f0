package io.esp4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConformancePageTest {
    private static final List<Requirement> REQUIREMENTS = List.of(
            new Requirement("R1", "MUST", "One", ""),
            new Requirement("R2", "MUST", "Two", "the | half"),
            new Requirement("R3", "SHOULD", "Three", "everything"),
            new Requirement("R4", "MAY", "Four", ""));

    private static final List<ShownTest> TESTS = List.of(
            new ShownTest(List.of("R1", "R2"), "BTest", "shows both", true),
            new ShownTest(List.of("R1"), "ATest", "a < b", true),
            new ShownTest(List.of("R4"), "NativeTest", "needs a library", false));

    private static final ConformancePage PAGE = new ConformancePage(REQUIREMENTS, TESTS);

    @Test
    void shouldHaveOneLineForEachId() {
        List<String> lines = PAGE.render().lines().toList();
        assertTrue(lines.contains("| R1 | covered | `ATest`: a &lt; b<br>`BTest`: shows both |"));
        assertTrue(lines.contains("| R2 | partly | `BTest`: shows both<br>*Missing: the \\| half* |"));
        assertTrue(lines.contains("| R3 | open | *Missing: everything* |"));
        assertTrue(lines.contains("| R4 | open | `NativeTest`: needs a library |"));
    }

    @Test
    void shouldReadBackWhatItRendered() {
        assertEquals(
                PAGE.statuses(), ConformancePage.statuses(PAGE.render().lines().toList()));
    }

    @Test
    void shouldRefuseAnIdThatNobodyKnows() {
        List<ShownTest> mistyped = List.of(new ShownTest(List.of("R99"), "BTest", "mistyped", true));
        assertThrows(IllegalArgumentException.class, () -> new ConformancePage(REQUIREMENTS, mistyped));
    }

    @Test
    void shouldComplainOfWhatWasLostAndOfNothingElse() {
        Map<String, Status> gained =
                Map.of("R1", Status.PARTLY, "R2", Status.OPEN, "R3", Status.OPEN, "R4", Status.OPEN);
        assertEquals(List.of(), check(gained, false));
        Map<String, Status> lost = Map.of("R1", Status.COVERED, "R2", Status.COVERED, "R3", Status.OPEN);
        assertEquals(List.of("R2 was covered and is partly", "R4 is not on the page"), check(lost, false));
    }

    @Test
    void shouldRefuseAReleaseWithAnOpenMust() {
        List<Requirement> must = List.of(new Requirement("R4", "MUST", "Four", ""));
        Map<String, Status> open = Map.of("R4", Status.OPEN);
        assertEquals(
                List.of("R4 is a MUST and open in a release"),
                new ConformanceCheck(must, open, open, true).complaints());
        assertEquals(List.of(), new ConformanceCheck(must, open, open, false).complaints());
    }

    private static List<String> check(Map<String, Status> committed, boolean release) {
        return new ConformanceCheck(REQUIREMENTS, PAGE.statuses(), committed, release).complaints();
    }
}
