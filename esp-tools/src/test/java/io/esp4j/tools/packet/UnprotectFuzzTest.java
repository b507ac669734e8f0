package io.esp4j.tools.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.esp4j.io.capture.CaptureException;
import io.esp4j.io.capture.CaptureReader;
import io.esp4j.io.capture.CaptureRecord;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** Any octets as the capture of {@code esp unprotect}: a verdict for each record, whatever lies in it. */
class UnprotectFuzzTest {
    private static final String SAS = """
            {"securityAssociations": [
              {"name": "tunnel", "spi": "0x1000", "mode": "tunnel", "source": "192.0.2.1", "destination": "192.0.2.2",
               "transform": "null-sha256", "replayWindow": 0, "integrityKey": "%1$s"},
              {"name": "esn", "spi": "0x1001", "mode": "tunnel", "source": "192.0.2.1", "destination": "192.0.2.2",
               "transform": "aes256gcm16", "esn": true, "sequence": "0xfffffff0", "key": "%1$s01020304"},
              {"name": "transport", "spi": "0x1002", "mode": "transport", "source": "2001:db8::1", "destination": "2001:db8::2",
               "transform": "chacha20poly1305-iiv", "match": "spi-destination-source", "key": "%1$s01020305"},
              {"name": "beet", "spi": "0x1003", "mode": "beet", "source": "2001:db8::1", "destination": "2001:db8::2",
               "selector": {"source": "10.0.0.1", "destination": "10.0.0.2"},
               "transform": "aes256-sha256", "key": "%2$s", "integrityKey": "%2$s"}
            ]}
            """.formatted("5a".repeat(32), "6b".repeat(32));

    private static final PacketJourney JOURNEY =
            new UnprotectJourney(SaFile.parse("fuzz", SAS), new SoftLifetimes(Terminal.system()));

    private static final Pattern LINE =
            Pattern.compile("\\{\"packet\": 1, \"spi\": (null|\"0x[0-9a-f]{8}\"), \"sequence\":"
                    + " (null|\"0x[0-9a-f]{16}\"), \"verdict\": \"[a-z]+(-[a-z]+)*\"}\n");

    @FuzzTest(maxDuration = "30s")
    void shouldGiveEveryRecordAVerdict(byte[] file) throws IOException {
        try (CaptureReader capture = CaptureReader.open(new ByteArrayInputStream(file), "fuzz")) {
            CaptureRecord record = capture.record();
            while (capture.next()) {
                take(record);
            }
        } catch (CaptureException expected) {
            assertNotNull(expected.getMessage());
        }
    }

    private static void take(CaptureRecord record) {
        int ipAt = record.ipOffset();
        if (ipAt >= 0) {
            int octets = Math.min(record.capturedLength() - ipAt, PacketJourney.MAX_PACKET_OCTETS);
            JOURNEY.memory().write(PacketJourney.PACKET_AT, record.array(), record.offset() + ipAt, octets);
            Verdict verdict = JOURNEY.take(octets);
            String line = VerdictLine.of(1, JOURNEY.identified(), JOURNEY.spi(), JOURNEY.sequence(), verdict);
            assertTrue(LINE.matcher(line).matches(), line);
            if (verdict == Verdict.ACCEPTED) {
                requirePacket(JOURNEY.memory().array(), JOURNEY.resultAt(), JOURNEY.resultOctets());
            }
        }
    }

    private static void requirePacket(byte[] memory, int offset, int octets) {
        assertTrue(octets >= 20, octets + " octets");
        ByteBuffer packet = ByteBuffer.wrap(memory, offset, octets).slice();
        int version = packet.get(0) >> 4;
        assertTrue(version == 4 || version == 6, "version " + version);
        int stated = version == 4 ? packet.getShort(2) & 0xffff : 40 + (packet.getShort(4) & 0xffff);
        assertEquals(stated, octets);
    }
}
