package io.esp4j.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.tools.fixture.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a project with one source file and a Maven and a Java that only tell that they were called. */
class LauncherTest {
    @TempDir
    private Path folder;

    private Path root;
    private Path programs;
    private Path source;
    private Path target;

    @BeforeEach
    void project() throws IOException {
        assumeTrue(Programs.installed("sh") && Programs.installed("cksum"), "no POSIX shell");
        root = Files.createDirectories(folder.resolve("the project"));
        programs = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path launcher = Files.copy(Path.of("..", "esp"), root.resolve("esp"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Path sources = Files.createDirectories(root.resolve("esp-tools/src/main/java"));
        source = Files.writeString(sources.resolve("Some.java"), "class Some {}");
        target = root.resolve("esp-tools/target");
        program("mvn", "echo building; " + compile() + "exit ${MVN_STATUS:-0}");
        program("java", "pwd; for a; do echo \"$a\"; done; exit 7");
    }

    /** A shell's line for what Maven leaves behind: a class that says what its source says. */
    private String compile() {
        return "mkdir -p '%1$s/lib' '%1$s/classes'; cp '%2$s' '%1$s/classes/Some.class'; cp '%2$s' '%1$s/lib/some.jar'; "
                .formatted(target, source);
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Run(int status, List<String> out, String err) {
        boolean built() {
            return err.contains("building\n");
        }

        /** What the class and the jar say that Java was given. */
        List<String> code() throws IOException {
            String[] path = out.get(out.indexOf("-cp") + 1).split(":", -1);
            return List.of(
                    Files.readString(Path.of(path[0], "Some.class")),
                    Files.readString(Path.of(path[1].replace("*", "some.jar"))));
        }
    }

    private Run esp(Path from, String... arguments) throws IOException, InterruptedException {
        return run(from, root.resolve("esp").toString(), "", arguments);
    }

    private Run run(Path from, String launcher, String mavenStatus, String... arguments)
            throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        String[] command = new String[arguments.length + 1];
        command[0] = launcher;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(from.toFile()).redirectError(errors.toFile());
        builder.environment().put("PATH", programs + ":/usr/bin:/bin");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("MVN_STATUS", mavenStatus);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out.lines().toList(), Files.readString(errors));
    }

    @Test
    void shouldPassArgumentsAndStatusFromAnyDirectory() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Run run = esp(elsewhere, "protect", "--sa", "a b.json", "");
        assertEquals(7, run.status());
        assertEquals(elsewhere.toRealPath().toString(), run.out().get(0));
        int main = run.out().indexOf("io.esp4j.tools.Esp");
        assertEquals(
                List.of("protect", "--sa", "a b.json", ""),
                run.out().subList(main + 1, run.out().size()));
        assertTrue(run.out().contains("-Desp.out.terminal=false"), run.out().toString());
    }

    @Test
    void shouldBuildOnlyWhenSourcesDiffer() throws Exception {
        Run first = esp(folder, "--help");
        assertTrue(first.built(), first.err());
        assertFalse(first.out().contains("building"), "what a build says goes to standard error");
        assertFalse(esp(folder, "--help").built());
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertFalse(esp(folder, "--help").built(), "only touched");
        Files.writeString(source, "class Other {}");
        assertTrue(esp(folder, "--help").built(), "changed");
        assertFalse(esp(folder, "--help").built());
        Files.writeString(source.resolveSibling("More.java"), "class More {}");
        assertTrue(esp(folder, "--help").built(), "added");
        Files.delete(source.resolveSibling("More.java"));
        assertFalse(esp(folder, "--help").built(), "removed: as it was before");
        Files.writeString(source.resolveSibling("Third.java"), "class Third {}");
        assertTrue(esp(folder, "--help").built());
        remove(target);
        assertFalse(esp(folder, "--help").built(), "cleaned: what runs is a copy");
        remove(root.resolve(".esp"));
        assertTrue(esp(folder, "--help").built(), "no copy");
    }

    private static void remove(Path tree) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("rm", "-r", tree.toString()).start().waitFor());
    }

    @Test
    void shouldRunTheSourcesCheckedOutWhateverMavenBuiltMeanwhile() throws Exception {
        List<String> before = List.of("class Some {}", "class Some {}");
        assertEquals(before, esp(folder, "--help").code());
        Files.writeString(source, "class Other {}");
        assertEquals(
                0,
                new ProcessBuilder(programs.resolve("mvn").toString()).start().waitFor());
        Files.writeString(source, "class Some {}");
        Run back = esp(folder, "--help");
        assertEquals(before, back.code());
        assertFalse(back.built());
    }

    @Test
    void shouldLeaveACommandThatRunsItsCodeWhenAnotherBuilds() throws Exception {
        Run running = esp(folder, "--help");
        Files.writeString(source, "class Other {}");
        Run other = esp(folder, "--help");
        assertEquals(List.of("class Some {}", "class Some {}"), running.code());
        assertEquals(List.of("class Other {}", "class Other {}"), other.code());
    }

    @Test
    void shouldKeepOnlyTheLastFewBuilds() throws Exception {
        for (int i = 0; i < 6; i++) {
            Files.writeString(source, "class Some" + i + " {}");
            assertTrue(esp(folder, "--help").code().get(0).contains("Some" + i));
        }
        assertTrue(copies().size() <= 4, copies().toString());
    }

    private List<String> copies() throws IOException {
        Path all = root.resolve(".esp/run");
        if (!Files.exists(all)) {
            return List.of();
        }
        try (Stream<Path> copies = Files.list(all)) {
            return copies.map(copy -> copy.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldNotRunSourcesThatChangedDuringTheBuild() throws Exception {
        program("mvn", compile() + "echo 'class Later {}' >'" + source + "'");
        Run run = esp(folder, "--help");
        assertEquals(2, run.status());
        assertTrue(run.err().endsWith("esp: the sources changed during the build: start again\n"), run.err());
        assertEquals(List.of(), copies());
    }

    @Test
    void shouldLeaveNoHalfCopyWhenTheBuildIsIncomplete() throws Exception {
        program("mvn", "mkdir -p '%s/classes'".formatted(target));
        Run run = esp(folder, "--help");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("esp: cannot keep what was built in "), run.err());
        assertEquals(List.of(), copies());
    }

    @Test
    void shouldSayWhenTheBuildFails() throws Exception {
        Run run = run(folder, root.resolve("esp").toString(), "1", "--help");
        assertEquals(2, run.status());
        assertTrue(run.err().endsWith("esp: the build failed\n"), run.err());
        assertEquals(List.of(), run.out());
        assertEquals(List.of(), copies());
        assertTrue(esp(folder, "--help").built(), "tried again");
    }

    @Test
    void shouldFindItsProjectThroughLinksAndWithoutPath() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("esp"));
        assertEquals(7, run(folder, link.toString(), "", "--help").status());
        Files.createSymbolicLink(programs.resolve("esp"), root.resolve("esp"));
        assertEquals(7, run(folder, "sh", "", "-c", "esp --help").status());
        assertEquals(7, run(root, "sh", "", "esp", "--help").status());
    }

    @Test
    void shouldAskForNativeAccessOnlyWhereItIsKnown() throws Exception {
        String flag = "--enable-native-access=ALL-UNNAMED";
        assertFalse(esp(folder, "demo").out().contains(flag));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        assertTrue(esp(folder, "demo").out().contains(flag));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.1\"\n");
        Run old = esp(folder, "demo");
        assertEquals(2, old.status());
        assertTrue(old.err().contains("is Java 11, expected 17 or newer"), old.err());
    }

    @Test
    void shouldStartShortCommandsQuicklyAndLongOnesForSpeed() throws Exception {
        assertTrue(esp(folder, "sa", "export").out().contains("-XX:TieredStopAtLevel=1"));
        Run protect = esp(folder, "protect");
        assertTrue(protect.out().contains("-XX:+UseSerialGC"));
        assertFalse(protect.out().contains("-XX:TieredStopAtLevel=1"));
        for (String command : List.of("bench", "demo", "tunnel")) {
            assertEquals(
                    List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseFPUForSpilling"),
                    esp(folder, command).out().stream()
                            .filter(argument -> argument.startsWith("-XX"))
                            .toList(),
                    command);
        }
    }

    @Test
    void shouldBuildOnceWhenStartedTwiceAtTheSameTime() throws Exception {
        program("mvn", "echo building; sleep 1; " + compile());
        Run both = run(folder, "sh", "", "-c", "'%1$s' --help & '%1$s' --help; wait".formatted(root.resolve("esp")));
        assertEquals(
                1,
                Arrays.stream(both.err().split("\n", -1))
                        .filter("building"::equals)
                        .count());
        assertEquals(2, both.out().stream().filter("io.esp4j.tools.Esp"::equals).count());
    }
}
