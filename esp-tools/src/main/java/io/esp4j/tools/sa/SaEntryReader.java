package io.esp4j.tools.sa;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.policy.Selector;
import io.esp4j.replay.ReplayWindow;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.Mode;
import io.esp4j.sa.NatOriginal;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.sad.SadMatch;
import io.esp4j.tools.terminal.UserError;
import io.esp4j.wire.IpAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads one SA, field by field, in the order of the file's description; each field is judged by itself, then with those
 * before it. Threads: single owner thread.
 */
final class SaEntryReader {
    private static final int LEAST_FREE_SPI = 256;
    private static final int LEAST_WINDOW = 32;
    private static final int LEAST_MTU = 68; // RFC 791 §3.2
    private static final int GREATEST_PACKET = 65535;
    private static final long GREATEST_SECONDS = 0xffff_ffffL;

    private final Fields fields;
    final String name;
    final Mode mode;
    final int spi;
    final IpAddress source;
    final IpAddress destination;
    final Transform transform;
    final boolean legacy;
    final KeyingMaterial material;
    final boolean allowSharedKey;
    final boolean esn;
    final int replayWindow;
    final long sequence;
    final SequencePlace sequencePlace;
    final UdpEncapsulation udpEncapsulation;
    final Selector selector;
    final PaddingCheck padding;
    final int mtu;
    final Lifetime lifetime;
    final int tfc;
    final SadMatch match;
    final NatOriginal natOriginal;

    /**
     * Reads.
     *
     * @param file stands for the file in messages
     * @param position of the SA in the file, from 1
     * @throws UserError if anything is wrong with it
     */
    SaEntryReader(String file, int position, Json object) {
        fields = new Fields(file + ": SA " + label(object, position), "", object);
        name = name();
        spi = spi();
        mode = choice("mode", null, Mode.values());
        source = address(fields, "source");
        destination = address(fields, "destination");
        requireOneFamily(fields, "destination", source, destination);
        transform = transform();
        legacy = fields.flag("legacy");
        if (transform.legacy() && !legacy) {
            throw fields.wrong(
                    "transform", "expected \"legacy\": true beside " + transform + ", which is for old peers only");
        }
        material = material();
        allowSharedKey = fields.flag("allowSharedKey");
        esn = fields.flag("esn");
        replayWindow = replayWindow();
        sequence = sequence();
        sequencePlace = sequencePlace();
        udpEncapsulation = udpEncapsulation();
        selector = SelectorField.read(fields, mode);
        padding = choice("padding", PaddingCheck.COUNT, PaddingCheck.values());
        mtu = (int) fields.number("mtu", LEAST_MTU, Integer.MAX_VALUE, Integer.MAX_VALUE);
        lifetime = lifetime();
        tfc = (int) fields.number("tfc", 0, GREATEST_PACKET, 0);
        if (tfc != 0 && mode != Mode.TUNNEL) {
            throw fields.wrong("tfc", "expected in tunnel mode only, where the inner packet has its own length");
        }
        match = choice("match", SadMatch.SPI, SadMatch.values());
        natOriginal = natOriginal();
        fields.end();
    }

    /** What stands for the SA in messages: its name if it has a fit one that may be shown, otherwise its position. */
    private static String label(Json object, int position) {
        int at = object.names().indexOf("name");
        if (at >= 0 && object.values().get(at).kind() == Json.Kind.TEXT) {
            String text = object.values().get(at).text();
            if (isName(text) && Fields.isShowable(text)) {
                return '"' + text + '"';
            }
        }
        return "number " + position;
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    private String name() {
        String text = fields.requiredText("name", "a name");
        if (!isName(text)) {
            throw fields.wrong("name", "expected visible characters");
        }
        if (Fields.looksLikeAKey(text)) {
            throw fields.wrong("name", "expected a name, found " + text.length() + " characters that look like a key");
        }
        return text;
    }

    private int spi() {
        String expected = "0x and 1 to 8 hex digits, from 0x100 to 0xffffffff";
        String text = fields.requiredText("spi", expected);
        if (text.matches("0x[0-9a-fA-F]{1,8}")) {
            int value = Integer.parseUnsignedInt(text.substring(2), 16);
            if (Integer.compareUnsigned(value, LEAST_FREE_SPI) >= 0) {
                return value;
            }
        }
        throw fields.wrong("spi", expected + " (0 to 255 are reserved)", text);
    }

    /** One of an enumeration's constants by its name in lower case with hyphens. */
    private <E extends Enum<E>> E choice(String field, E ifAbsent, E[] constants) {
        String expected = String.join(
                ", ", Arrays.stream(constants).map(SaEntryReader::keyword).toList());
        String text = ifAbsent == null ? fields.requiredText(field, expected) : fields.text(field);
        if (text == null) {
            return ifAbsent;
        }
        for (E constant : constants) {
            if (keyword(constant).equals(text)) {
                return constant;
            }
        }
        throw fields.wrong(field, "one of " + expected, text);
    }

    static String keyword(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static IpAddress address(Fields fields, String field) {
        String expected = "an IP address such as 192.0.2.1 or 2001:db8::1";
        String text = fields.requiredText(field, expected);
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw fields.wrong(field, expected, text);
        }
    }

    private static void requireOneFamily(Fields fields, String field, IpAddress source, IpAddress destination) {
        if (source.v6() != destination.v6()) {
            throw fields.wrong(
                    field, "expected an address of the family of source " + source + ", found " + destination);
        }
    }

    private Transform transform() {
        String expected = "a transform such as aes256gcm16, chacha20poly1305, aes128-sha256 or null-sha256";
        String text = fields.requiredText("transform", expected);
        try {
            return Transform.named(text);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("transform", expected, text);
        }
    }

    private KeyingMaterial material() {
        int keyOctets = transform.keyOctets() + transform.saltOctets();
        String keyKind = transform.saltOctets() == 0 ? "" : " (" + transform.saltOctets() + " of them salt)";
        byte[] key = octets("key", keyOctets, keyKind);
        byte[] integrityKey = octets("integrityKey", transform.integrityKeyOctets(), "");
        KeyingMaterial copy = KeyingMaterial.of(key, integrityKey);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(integrityKey, (byte) 0);
        return copy;
    }

    private byte[] octets(String field, int octets, String kind) {
        String text = fields.text(field);
        String expected = octets == 0 ? "none" : octets * 2 + " hex digits, " + octets + " octets" + kind;
        if (text == null || text.length() != octets * 2) {
            String found = text == null ? "nothing" : text.length() + " characters";
            if (text != null || octets != 0) {
                throw fields.wrong(field, "expected " + expected + " for " + transform + ", found " + found);
            }
            return new byte[0];
        }
        if (!text.matches("[0-9a-fA-F]*")) {
            throw fields.wrong(field, "expected " + expected + " for " + transform + ", found another character");
        }
        return HexFormat.of().parseHex(text);
    }

    private int replayWindow() {
        String expected = "0 (off) or " + LEAST_WINDOW + " to " + ReplayWindow.MAX_WINDOW_PACKETS;
        int packets = (int)
                fields.number("replayWindow", 0, ReplayWindow.MAX_WINDOW_PACKETS, ReplayWindow.DEFAULT_WINDOW_PACKETS);
        if (packets != 0 && packets < LEAST_WINDOW) {
            throw fields.wrong("replayWindow", "expected " + expected + ", found " + packets);
        }
        if (packets == 0 && esn) {
            throw fields.wrong(
                    "replayWindow", "expected 32 or more with esn, whose inference needs the window, found 0");
        }
        return packets;
    }

    private long sequence() {
        String expected = "0x and 1 to 16 hex digits";
        String text = fields.text("sequence");
        if (text == null) {
            return 0;
        }
        if (!text.matches("0x[0-9a-fA-F]{1,16}")) {
            throw fields.wrong("sequence", expected, text);
        }
        long number = Long.parseUnsignedLong(text.substring(2), 16);
        if (!esn && SequenceNumbers.isAbove(number, SequenceNumbers.MAX_32_BIT)) {
            throw fields.wrong("sequence", "at most 0xffffffff without esn", text);
        }
        return number;
    }

    private SequencePlace sequencePlace() {
        Json value = fields.value("sequence");
        if (value != null) {
            return new SequencePlace(value.start(), value.end());
        }
        int behindSpi = fields.value("spi").end();
        return new SequencePlace(behindSpi, behindSpi);
    }

    private UdpEncapsulation udpEncapsulation() {
        Fields ports = fields.object("udpEncapsulation");
        if (ports == null) {
            return null;
        }
        int sourcePort = (int) ports.requiredNumber("sourcePort", 1, GREATEST_PACKET);
        int destinationPort = (int) ports.requiredNumber("destinationPort", 1, GREATEST_PACKET);
        ports.end();
        return new UdpEncapsulation(sourcePort, destinationPort);
    }

    private Lifetime lifetime() {
        Fields limits = fields.object("lifetime");
        if (limits == null) {
            return Lifetime.UNLIMITED;
        }
        Lifetime read = new Lifetime(
                limits.number("softPackets", 0, hard(limits, "hardPackets", Long.MAX_VALUE), 0),
                limits.number("hardPackets", 0, Long.MAX_VALUE, 0),
                limits.number("softOctets", 0, hard(limits, "hardOctets", Long.MAX_VALUE), 0),
                limits.number("hardOctets", 0, Long.MAX_VALUE, 0),
                limits.number("softSeconds", 0, hard(limits, "hardSeconds", GREATEST_SECONDS), 0),
                limits.number("hardSeconds", 0, GREATEST_SECONDS, 0));
        limits.end();
        return read;
    }

    /** The hard limit, which bounds the soft one; 0 is none. */
    private static long hard(Fields limits, String field, long greatest) {
        long limit = limits.number(field, 0, greatest, 0);
        return limit == 0 ? greatest : limit;
    }

    private NatOriginal natOriginal() {
        Fields addresses = fields.object("natOriginal");
        if (addresses == null) {
            return null;
        }
        if (mode != Mode.TRANSPORT) {
            throw fields.wrong("natOriginal", "expected in transport mode only, found in " + keyword(mode) + " mode");
        }
        IpAddress originalSource = address(addresses, "source");
        IpAddress originalDestination = address(addresses, "destination");
        requireOneFamily(addresses, "destination", originalSource, originalDestination);
        addresses.end();
        return new NatOriginal(originalSource, originalDestination);
    }
}
