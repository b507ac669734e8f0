package io.esp4j.tools.exchange;

import io.esp4j.crypto.Transform;
import io.esp4j.tools.sa.SaEntry;
import java.util.HexFormat;

/**
 * Writes SAs as lines of Wireshark's {@code esp_sa} table: family, addresses, SPI, encryption, key, authentication, key; and
 * for ESN two columns that Wireshark has had since version 4.2: the number's length and its high half. Older versions warn
 * of them, decrypt, and hold the ICV for wrong. Stateless.
 */
public final class EspSaExport implements Export {
    @Override
    public String write(SaEntry sa) throws UnsupportedException {
        if (!isNamed(sa)) {
            throw new UnsupportedException("transform " + sa.transform() + " has no name in Wireshark");
        }
        return line(sa);
    }

    /**
     * {@return whether Wireshark has a name for an SA's transform}
     *
     * @param sa an SA
     */
    public static boolean isNamed(SaEntry sa) {
        return EspSaAlgorithms.encryption(sa.transform()) != null;
    }

    /**
     * {@return the line of an SA, with its end}
     *
     * @param sa an SA whose transform Wireshark has a name for, such as those with AES-GCM
     */
    public static String line(SaEntry sa) {
        Transform transform = sa.transform();
        String encryption = EspSaAlgorithms.encryption(transform);
        String key = KeyText.ofKey(sa);
        String integrityKey = KeyText.ofIntegrityKey(sa);
        StringBuilder line = new StringBuilder();
        line.append(quoted(sa.source().v6() ? "IPv6" : "IPv4")).append(',');
        line.append(quoted(sa.source().toString())).append(',');
        line.append(quoted(sa.destination().toString())).append(',');
        line.append(quoted("0x" + HexFormat.of().toHexDigits(sa.spi()))).append(',');
        line.append(quoted(encryption))
                .append(',')
                .append(quoted(key.isEmpty() ? "" : "0x" + key))
                .append(',');
        line.append(quoted(EspSaAlgorithms.authentication(transform))).append(',');
        line.append(quoted(integrityKey.isEmpty() ? "" : "0x" + integrityKey));
        if (sa.esn()) {
            line.append(',').append(quoted("64-bit"));
            line.append(',').append(quoted(Long.toHexString(sa.sequence() >>> 32)));
        }
        return line.append('\n').toString();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
