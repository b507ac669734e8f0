package io.esp4j.tools.exchange;

import io.esp4j.crypto.Transform;
import io.esp4j.tools.terminal.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Wireshark's {@code esp_sa} table. It has no modes, windows and selectors: SAs come out in tunnel mode, with the
 * defaults of the SA file. Threads: single owner thread.
 */
final class EspSaReader {
    private static final Pattern FIELD = Pattern.compile("\"([^\"]*)\"(,|$)");
    private static final int LEAST_FIELDS = 8;

    private final String name;
    private int line;

    EspSaReader(String name) {
        this.name = name;
    }

    /**
     * Reads.
     *
     * @throws UserError if a line makes no sense, or an algorithm has no transform here
     */
    List<ForeignSa> read(String text) {
        List<ForeignSa> sas = new ArrayList<>();
        for (String content : text.lines().toList()) {
            line++;
            if (!content.isBlank() && !content.startsWith("#")) {
                sas.add(sa(fields(content.trim())));
            }
        }
        return sas;
    }

    private List<String> fields(String content) {
        List<String> fields = new ArrayList<>();
        Matcher matcher = FIELD.matcher(content);
        boolean more = true;
        int end = 0;
        while (more && matcher.find(end) && matcher.start() == end) {
            fields.add(matcher.group(1));
            end = matcher.end();
            more = !matcher.group(2).isEmpty();
        }
        if (more || end != content.length() || fields.size() < LEAST_FIELDS || fields.size() > LEAST_FIELDS + 2) {
            throw wrong("expected 8 to 10 fields in double quotes, separated by commas");
        }
        return fields;
    }

    private ForeignSa sa(List<String> fields) {
        ForeignSa sa = new ForeignSa(fields.get(1), fields.get(2));
        sa.spi = fields.get(3);
        if ((sa.source + sa.destination + sa.spi).contains("*")) {
            throw wrong("expected addresses and an SPI, found a wildcard");
        }
        sa.key = key(fields.get(5));
        sa.integrityKey = key(fields.get(7));
        Transform transform = EspSaAlgorithms.transform(fields.get(4), sa.key.length() / 2, fields.get(6));
        if (transform == null) {
            throw wrong("expected algorithms and a key's length that a transform has, found \"" + fields.get(4)
                    + "\" with \"" + fields.get(6) + "\" and a key of " + sa.key.length() / 2 + " octets");
        }
        sa.transform = transform.name();
        sa.legacy = transform.legacy();
        sa.replayWindow = 64;
        if (fields.size() > LEAST_FIELDS) {
            sa.esn = fields.get(LEAST_FIELDS).equals("64-bit");
        }
        if (sa.esn && fields.size() > LEAST_FIELDS + 1) {
            sa.sequence = highHalf(fields.get(LEAST_FIELDS + 1)) << 32;
        }
        return sa;
    }

    private String key(String text) {
        if (text.isEmpty()) {
            return "";
        }
        if (!text.matches("0x([0-9a-fA-F]{2})*")) {
            throw wrong("expected a key of 0x and an even number of hex digits");
        }
        return text.substring(2);
    }

    private long highHalf(String text) {
        if (!text.matches("(0x)?[0-9a-fA-F]{1,8}")) {
            throw wrong("expected the high half of the sequence number in hex");
        }
        return Long.parseLong(text.replaceFirst("^0x", ""), 16);
    }

    private UserError wrong(String expected) {
        return new UserError(name + ": line " + line + ": " + expected);
    }
}
