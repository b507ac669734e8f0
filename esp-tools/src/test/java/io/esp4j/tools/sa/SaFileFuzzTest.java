package io.esp4j.tools.sa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.esp4j.tools.terminal.UserError;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** Any text as an SA file: its SAs, or one sentence about what is wrong, and memory within its bound. */
class SaFileFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MAX_MESSAGE_CHARACTERS = 500;
    private static final long MAX_ALLOCATED_OCTETS = 1 << 20;
    /** For each octet of the file: fields are text, numbers and prefixes. */
    private static final long MAX_ALLOCATED_OCTETS_PER_OCTET = 2000;

    /** The first run may load classes, and a fuzzer's instrumentation may allocate when it sees something new. */
    private static final int RUNS = 5;

    @FuzzTest(maxDuration = "30s")
    void shouldReadSasOrSayWhatIsWrong(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        long bound = MAX_ALLOCATED_OCTETS + MAX_ALLOCATED_OCTETS_PER_OCTET * octets.length;
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS && least > bound; run++) {
            least = Math.min(least, allocatedByReading(text));
        }
        assertTrue(least <= bound, "allocated without bound, in each of " + RUNS + " runs");
    }

    private static long allocatedByReading(String text) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        read(text);
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }

    private static void read(String text) {
        try (SaFile file = SaFile.parse("fuzz", text)) {
            long[] sequences = new long[file.entries().size()];
            for (int i = 0; i < sequences.length; i++) {
                sequences[i] = file.entries().get(i).sequence();
            }
            try (SaFile again = SaFile.parse("again", file.withSequences(sequences))) {
                assertEquals(sequences.length, again.entries().size());
                for (int i = 0; i < sequences.length; i++) {
                    assertEquals(sequences[i], again.entries().get(i).sequence());
                }
            }
        } catch (UserError expected) {
            assertTrue(expected.getMessage().startsWith("fuzz: "), expected::getMessage);
            assertTrue(expected.getMessage().length() <= MAX_MESSAGE_CHARACTERS, "a sentence, not a page");
        }
    }
}
