package io.esp4j.benchmarks.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page some of whose parts are generated, each between two comments that name it. Stateless. */
final class Page {
    private Page() {}

    static void replace(Path page, String part, String text) throws IOException {
        String begin = "<!-- begin " + part + ": generated -->\n";
        String end = "<!-- end " + part + " -->";
        String all = Files.readString(page);
        int from = all.indexOf(begin);
        int to = all.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + ": expected the lines \"" + begin.trim() + "\" and \"" + end + "\"");
        }
        Files.writeString(page, all.substring(0, from + begin.length()) + text + all.substring(to));
    }

    /** What the figures were measured on. */
    static String machine() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return Runtime.getRuntime().availableProcessors() + " cores of " + processor + ", JDK "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name");
    }
}
