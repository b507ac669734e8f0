package io.esp4j.tools.exchange;

import io.esp4j.crypto.Transform;
import io.esp4j.tools.terminal.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@code ip xfrm state} prints, with or without {@code -s}.
 *
 * <pre>{@code
 * src 192.0.2.1 dst 192.0.2.2
 *         proto esp spi 0x00001000 reqid 1 mode tunnel
 *         replay-window 0 flag af-unspec esn
 *         aead rfc4106(gcm(aes)) 0x... 128
 *         encap type espinudp sport 4500 dport 4500 addr 0.0.0.0
 *         anti-replay esn context:
 *          seq-hi 0x0, seq 0x0, oseq-hi 0x0, oseq 0x5
 *          replay_window 64, bitmap-length 2
 *          00000000 00000000
 *         sel src 10.0.0.0/8 dst 0.0.0.0/0 proto tcp dport 443
 * }</pre>
 *
 * <p>Lines that say nothing about how ESP is computed (marks, devices, statistics) are passed over, and so are SAs of other
 * protocols. Threads: single owner thread.
 */
final class XfrmReader {
    private static final String ZERO_V4 = "0.0.0.0/0";
    private static final String ZERO_V6 = "::/0";

    private final String name;
    private final List<ForeignSa> sas = new ArrayList<>();
    private ForeignSa sa;
    private XfrmKeys keys;
    private boolean esp;
    private boolean anyFamily;
    private int line;

    XfrmReader(String name) {
        this.name = name;
    }

    /**
     * Reads.
     *
     * @throws UserError if a line makes no sense, or an algorithm has no transform here
     */
    List<ForeignSa> read(String text) {
        for (String content : text.lines().toList()) {
            line++;
            String[] words = content.trim().split(",?\\s+");
            if (content.startsWith("src ")) {
                finish();
                begin(words);
            } else if (sa != null) {
                takeLine(words);
            } else if (!content.isBlank()) {
                throw wrong("expected a state that begins with src ADDRESS dst ADDRESS");
            }
        }
        finish();
        return sas;
    }

    private void begin(String[] words) {
        if (words.length < 4 || !words[2].equals("dst")) {
            throw wrong("expected src ADDRESS dst ADDRESS");
        }
        sa = new ForeignSa(words[1], words[3]);
        keys = new XfrmKeys();
        esp = false;
        anyFamily = false;
    }

    private void finish() {
        if (sa != null && esp) {
            Transform transform = keys.transform();
            if (transform == null) {
                throw new UserError(
                        name + ": SA " + sa.name() + ": " + keys + ": expected algorithms that a transform has");
            }
            sa.transform = transform.name();
            sa.legacy = transform.legacy();
            sa.key = keys.key();
            sa.integrityKey = keys.integrityKey();
            if (anyFamily && isZero(sa.selectorSource) && isZero(sa.selectorDestination)) {
                sa.selectorSource = null;
                sa.selectorDestination = null;
            }
            sas.add(sa);
        }
        sa = null;
    }

    private static boolean isZero(String prefix) {
        return ZERO_V4.equals(prefix) || ZERO_V6.equals(prefix);
    }

    private void takeLine(String[] words) {
        switch (words[0]) {
            case "proto" -> takeIdentity(words);
            case "replay-window" -> {
                // With -s, statistics begin with the same word.
                if (word(words, "replay") == null) {
                    takeWindow(words);
                }
            }
            case "auth", "auth-trunc", "aead", "enc" -> takeKey(words);
            case "encap" -> takeEncapsulation(words);
            case "seq-hi" -> takeNumbers(words, 32);
            case "anti-replay" -> takeNumbers(words, 0);
            case "replay_window" -> sa.replayWindow = Math.max(sa.replayWindow, number(words, "replay_window"));
            case "sel" -> takeSelector(words);
            case "limit:", "expire" -> takeLimit(words);
            case "tfcpad" -> sa.tfc = number(words, "tfcpad");
            default -> {
                // Says nothing about how ESP is computed.
            }
        }
    }

    private void takeIdentity(String[] words) {
        esp = "esp".equals(word(words, "proto"));
        if (esp) {
            String spi = word(words, "spi");
            String mode = word(words, "mode");
            if (spi == null || mode == null) {
                throw wrong("expected proto esp spi SPI ... mode MODE");
            }
            sa.spi = spi.replaceFirst("\\(.*", "");
            sa.mode = mode;
        }
    }

    private void takeWindow(String[] words) {
        sa.replayWindow = number(words, "replay-window");
        for (String word : words) {
            // Older versions of ip show the flag of ESN as a number.
            sa.esn |= word.equals("esn") || word.equals("80");
            anyFamily |= word.equals("af-unspec");
        }
    }

    private void takeKey(String[] words) {
        try {
            keys.take(words);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void takeEncapsulation(String[] words) {
        if (!"espinudp".equals(word(words, "type"))) {
            throw wrong("expected encap type espinudp");
        }
        sa.sourcePort = (int) number(words, "sport");
        sa.destinationPort = (int) number(words, "dport");
    }

    /** The numbers of both directions; an SA has one, so the other is 0. */
    private void takeNumbers(String[] words, int highHalfBits) {
        if (word(words, "oseq") == null) {
            return;
        }
        long received = number(words, "seq");
        long sent = number(words, "oseq");
        if (highHalfBits != 0) {
            received |= number(words, "seq-hi") << highHalfBits;
            sent |= number(words, "oseq-hi") << highHalfBits;
        }
        sa.sequence = Long.compareUnsigned(sent, received) > 0 ? sent : received;
    }

    private void takeSelector(String[] words) {
        sa.selectorSource = word(words, "src");
        sa.selectorDestination = word(words, "dst");
        sa.selectorProtocol = word(words, "proto");
        sa.selectorSourcePort = word(words, "sport");
        sa.selectorDestinationPort = word(words, "dport");
        if (word(words, "type") != null || word(words, "code") != null || word(words, "key") != null) {
            throw wrong("expected a selector of addresses, protocol and ports");
        }
        if (sa.mode.equals("beet")) {
            sa.selectorSource = withoutLength(sa.selectorSource);
            sa.selectorDestination = withoutLength(sa.selectorDestination);
        }
    }

    private static String withoutLength(String prefix) {
        return prefix == null ? null : prefix.replaceFirst("/(32|128)$", "");
    }

    /** Such as {@code limit: soft (INF)(bytes), hard 1000(bytes)} or {@code expire add: soft 0(sec), hard 60(sec)}. */
    private void takeLimit(String[] words) {
        String soft = word(words, "soft");
        String hard = word(words, "hard");
        if (soft == null || hard == null || words[1].equals("use:")) {
            return;
        }
        long softLimit = limit(soft);
        long hardLimit = limit(hard);
        if (hard.endsWith("(bytes)")) {
            sa.softOctets = softLimit;
            sa.hardOctets = hardLimit;
        } else if (hard.endsWith("(packets)")) {
            sa.softPackets = softLimit;
            sa.hardPackets = hardLimit;
        } else {
            sa.softSeconds = softLimit;
            sa.hardSeconds = hardLimit;
        }
    }

    private long limit(String text) {
        return text.startsWith("(INF)") ? 0 : number(text.replaceFirst("\\(.*", ""));
    }

    private static String word(String[] words, String before) {
        for (int i = 0; i + 1 < words.length; i++) {
            if (words[i].equals(before)) {
                return words[i + 1];
            }
        }
        return null;
    }

    private long number(String[] words, String before) {
        String text = word(words, before);
        if (text == null) {
            throw wrong("expected " + before + " and a number");
        }
        return number(text);
    }

    private long number(String text) {
        if (text.matches("0x[0-9a-fA-F]{1,8}")) {
            return Long.parseLong(text.substring(2), 16);
        }
        if (text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw wrong("expected a number");
    }

    private UserError wrong(String expected) {
        return new UserError(name + ": line " + line + ": " + expected);
    }
}
