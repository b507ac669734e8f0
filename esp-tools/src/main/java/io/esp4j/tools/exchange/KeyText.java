package io.esp4j.tools.exchange;

import io.esp4j.tools.sa.SaEntry;
import java.util.Arrays;
import java.util.HexFormat;

/** The key octets of an SA as the hex digits that other tools take. Stateless. */
final class KeyText {
    private KeyText() {}

    /** {@return encryption key and salt} */
    static String ofKey(SaEntry sa) {
        return hex(sa.material().encryptionKey(sa.transform()))
                + hex(sa.material().salt(sa.transform()));
    }

    static String ofIntegrityKey(SaEntry sa) {
        return hex(sa.material().integrityKey());
    }

    private static String hex(byte[] octets) {
        String digits = HexFormat.of().formatHex(octets);
        Arrays.fill(octets, (byte) 0);
        return digits;
    }
}
