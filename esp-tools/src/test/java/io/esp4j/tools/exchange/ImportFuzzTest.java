package io.esp4j.tools.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.terminal.UserError;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text as what {@code ip xfrm state} prints and as an esp_sa table: an SA file that can be read, or one sentence. */
class ImportFuzzTest {
    private static final int MAX_MESSAGE_CHARACTERS = 500;

    @FuzzTest(maxDuration = "30s")
    void shouldMakeAnSaFileOrSayWhyNot(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        for (Format format : Format.values()) {
            convert(format, text);
        }
    }

    private static void convert(Format format, String text) {
        try {
            List<ForeignSa> sas =
                    format == Format.xfrm ? new XfrmReader("fuzz").read(text) : new EspSaReader("fuzz").read(text);
            try (SaFile file = SaFile.parse("fuzz", SaFileWriter.write(sas))) {
                assertEquals(sas.size(), file.entries().size());
            }
        } catch (UserError expected) {
            assertTrue(expected.getMessage().startsWith("fuzz"), expected::getMessage);
            assertTrue(expected.getMessage().length() <= MAX_MESSAGE_CHARACTERS, "a sentence, not a page");
        }
    }
}
