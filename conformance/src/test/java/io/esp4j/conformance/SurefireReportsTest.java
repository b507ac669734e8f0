package io.esp4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurefireReportsTest {
    @TempDir
    Path root;

    @Test
    void shouldReadReportsOfModulesAndOfModulesInFolders() throws IOException {
        report(
                "esp-core/target/surefire-reports/TEST-io.esp4j.ATest.xml",
                "<testcase name='R1 passes'><system-out>R9 x</system-out></testcase><testcase name='plain'/>"
                        + "<testcase name='R2 is skipped'><skipped/></testcase>");
        report(
                "esp-crypto/api/target/surefire-reports/TEST-BTest.xml",
                "<testcase name='R3 fails'><failure/></testcase><testcase name='R4 breaks'><error/></testcase>"
                        + "<testcase name='R5 &lt;passes&gt;'/>");
        report("esp-core/target/surefire-reports/other.xml", "<testcase name='R6 is no report'/>");

        List<ShownTest> tests = SurefireReports.read(root).stream()
                .sorted(Comparator.comparing(test -> test.ids().get(0)))
                .toList();
        assertEquals(
                List.of(
                        new ShownTest(List.of("R1"), "ATest", "passes", true),
                        new ShownTest(List.of("R2"), "ATest", "is skipped", false),
                        new ShownTest(List.of("R3"), "BTest", "fails", false),
                        new ShownTest(List.of("R4"), "BTest", "breaks", false),
                        new ShownTest(List.of("R5"), "BTest", "<passes>", true)),
                tests);
    }

    @Test
    void shouldRefuseAProjectWithoutReports() {
        assertThrows(IllegalStateException.class, () -> SurefireReports.read(root));
    }

    private void report(String file, String testcases) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "<?xml version='1.0' encoding='UTF-8'?><testsuite>" + testcases + "</testsuite>");
    }
}
