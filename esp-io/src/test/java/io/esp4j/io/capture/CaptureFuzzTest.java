package io.esp4j.io.capture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.esp4j.io.capture.CaptureOctets.Seen;
import java.util.ArrayList;
import java.util.List;

/**
 * Any octets as a capture file: records within their bounds, or the documented exception. A plain run tries the
 * seeds; the profile {@code fuzz} looks for more, guided by coverage.
 */
class CaptureFuzzTest {
    @FuzzTest(maxDuration = "20m")
    void shouldReadOrRefuseAnyOctets(byte[] file) {
        List<Seen> seen = new ArrayList<>();
        try {
            CaptureOctets.readInto(seen, file);
        } catch (CaptureException e) {
            assertTrue(e.getMessage().startsWith(CaptureOctets.NAME + ": "), e::getMessage);
        }
        long number = 0;
        for (Seen record : seen) {
            number++;
            assertTrue(record.number() == number, () -> "numbered " + record.number());
            assertTrue(record.hex().length() <= 2 * file.length, () -> "record " + record.number() + " is too long");
            assertTrue(record.ipOffset() < record.hex().length() / 2, () -> "IP offset " + record.ipOffset());
        }
    }
}
