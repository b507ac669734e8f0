package io.esp4j.tools.packet;

import java.util.HexFormat;

/** The text form of a verdict, one JSON object in a line. Stateless. */
final class VerdictLine {
    private static final HexFormat HEX = HexFormat.of();

    private VerdictLine() {}

    /**
     * {@return the line, with its end}
     *
     * @param packet number of the record, from 1
     */
    static String of(long packet, boolean identified, int spi, long sequence, Verdict verdict) {
        return "{\"packet\": " + packet + ", \"spi\": "
                + (identified ? "\"0x" + HEX.toHexDigits(spi) + '"' : "null")
                + ", \"sequence\": "
                + (identified ? "\"0x" + HEX.toHexDigits(sequence) + '"' : "null")
                + ", \"verdict\": \"" + verdict.word() + "\"}\n";
    }
}
