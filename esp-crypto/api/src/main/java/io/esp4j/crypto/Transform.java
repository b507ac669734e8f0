package io.esp4j.crypto;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a security association negotiates: the algorithms, and with them every length of an ESP packet.
 *
 * <p>Named by strongSwan's proposal keywords: {@code aes256gcm16}, {@code aes128ccm8}, {@code aes128gmac},
 * {@code chacha20poly1305}, {@code aes128-sha256}, {@code null-sha512}, and {@code -iiv} behind a transform for the
 * implicit IV of RFC 8750. All lengths are in octets. Threads: immutable.
 */
public final class Transform {
    private static final Map<String, Transform> BY_NAME = catalogue();

    private final String name;
    private final Cipher cipher;
    private final Integrity integrity;
    private final int keyOctets;
    private final int icvOctets;
    private final boolean implicitIv;
    private final int ikeId;
    private final String rfc;

    private Transform(
            String name,
            Cipher cipher,
            Integrity integrity,
            int keyOctets,
            int icvOctets,
            boolean implicitIv,
            int ikeId,
            String rfc) {
        this.name = name;
        this.cipher = cipher;
        this.integrity = integrity;
        this.keyOctets = keyOctets;
        this.icvOctets = icvOctets;
        this.implicitIv = implicitIv;
        this.ikeId = ikeId;
        this.rfc = rfc;
    }

    /**
     * The transform of a name.
     *
     * @param name a keyword in lower case
     * @return the one transform of that name
     * @throws IllegalArgumentException if there is none
     */
    public static Transform named(String name) {
        Transform transform = BY_NAME.get(name);
        if (transform == null) {
            throw new IllegalArgumentException(
                    "unknown transform \"" + name + "\": expected one such as aes256gcm16, aes128ccm16, "
                            + "chacha20poly1305, aes128gmac, aes128-sha256 or null-sha256");
        }
        return transform;
    }

    /** {@return every transform there is, in a fixed order} */
    public static List<Transform> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** {@return the keyword} */
    public String name() {
        return name;
    }

    /** {@return the cipher, or the combined mode} */
    public Cipher cipher() {
        return cipher;
    }

    /** {@return the integrity algorithm beside the cipher} */
    public Integrity integrity() {
        return integrity;
    }

    /** {@return the length of the encryption key without the salt: 0 for NULL} */
    public int keyOctets() {
        return keyOctets;
    }

    /** {@return the length of the salt that follows the key in the keying material (RFC 4106 §8.1, RFC 4309 §7.1)} */
    public int saltOctets() {
        return cipher.saltOctets();
    }

    /** {@return the length of the integrity key, 0 for a combined mode} */
    public int integrityKeyOctets() {
        return integrity.keyOctets();
    }

    /** {@return the length of the IV on the wire: 0 where it is implicit (RFC 8750)} */
    public int ivOctets() {
        return implicitIv ? 0 : cipher.ivOctets();
    }

    /** {@return the length of the ICV} */
    public int icvOctets() {
        return icvOctets;
    }

    /** {@return what the plaintext with its trailer is a multiple of: 16 for CBC, otherwise 4 (RFC 4303 §2.4)} */
    public int alignment() {
        return cipher == Cipher.AES_CBC ? 16 : 4;
    }

    /** {@return what the ciphertext is a multiple of: 16 for CBC, 1 where the cipher is a stream} */
    public int cipherBlockOctets() {
        return cipher == Cipher.AES_CBC ? 16 : 1;
    }

    /** {@return whether the IV is the sequence number and not on the wire (RFC 8750)} */
    public boolean implicitIv() {
        return implicitIv;
    }

    /** {@return whether encryption and integrity are one algorithm} */
    public boolean combined() {
        return cipher.combined();
    }

    /** {@return whether the cipher's IV must be a number that never repeats under the key, rather than unpredictable} */
    public boolean counterIv() {
        return cipher.combined();
    }

    /** {@return whether it exists for interoperability with old peers only (HMAC-SHA1-96) and must be asked for} */
    public boolean legacy() {
        return integrity == Integrity.HMAC_SHA1_96;
    }

    /** {@return whether no RFC defines it: an implicit IV behind ICV lengths that RFC 8750 leaves out} */
    public boolean offStandardsTrack() {
        return implicitIv
                && !(cipher == Cipher.CHACHA20_POLY1305
                        || (cipher == Cipher.AES_GCM && icvOctets == 16)
                        || (cipher == Cipher.AES_CCM && icvOctets == 8));
    }

    /** {@return IKEv2's number of the encryption algorithm (IANA, Transform Type 1), 0 where IANA has none} */
    public int ikeId() {
        return offStandardsTrack() ? 0 : ikeId;
    }

    /** {@return the RFC that defines it in ESP} */
    public String rfc() {
        return rfc;
    }

    /**
     * {@return the length of the additional authenticated data that precedes the IV: SPI and sequence number}
     *
     * @param esn whether sequence numbers are 64 bits long
     */
    public int aadOctets(boolean esn) {
        return esn ? 12 : 8;
    }

    /** {@return octets that a packet has beside its plaintext and trailer: ESP header, IV and ICV} */
    public int overheadOctets() {
        return 8 + ivOctets() + icvOctets;
    }

    /** {@return the smallest length of an ESP packet that can be opened: header, IV, pad length, next header, ICV} */
    public int minimumPacketOctets() {
        return overheadOctets() + (cipher == Cipher.AES_CBC ? 16 : 2);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Map<String, Transform> catalogue() {
        List<Transform> all = new ArrayList<>();
        for (int key : new int[] {16, 24, 32}) {
            for (int icv : new int[] {8, 12, 16}) {
                addAes(all, Cipher.AES_GCM, key, icv, icv == 8 ? 18 : icv == 12 ? 19 : 20, "RFC 4106");
                addAes(all, Cipher.AES_CCM, key, icv, icv == 8 ? 14 : icv == 12 ? 15 : 16, "RFC 4309");
            }
            all.add(new Transform(
                    "aes" + key * 8 + "gmac", Cipher.AES_GMAC, Integrity.COMBINED, key, 16, false, 21, "RFC 4543"));
        }
        String chacha = Cipher.CHACHA20_POLY1305.keyword();
        all.add(new Transform(chacha, Cipher.CHACHA20_POLY1305, Integrity.COMBINED, 32, 16, false, 28, "RFC 7634"));
        all.add(new Transform(
                chacha + "-iiv", Cipher.CHACHA20_POLY1305, Integrity.COMBINED, 32, 16, true, 31, "RFC 8750"));
        for (Integrity hmac : Integrity.values()) {
            if (hmac == Integrity.COMBINED) {
                continue;
            }
            for (int key : new int[] {16, 24, 32}) {
                String name = "aes" + key * 8 + "-" + hmac.keyword();
                all.add(new Transform(name, Cipher.AES_CBC, hmac, key, hmac.icvOctets(), false, 12, "RFC 3602"));
            }
            String name = "null-" + hmac.keyword();
            all.add(new Transform(name, Cipher.NULL, hmac, 0, hmac.icvOctets(), false, 11, "RFC 2410"));
        }
        Map<String, Transform> byName = new LinkedHashMap<>();
        for (Transform transform : all) {
            byName.put(transform.name, transform);
        }
        return Collections.unmodifiableMap(byName);
    }

    private static void addAes(List<Transform> all, Cipher cipher, int key, int icv, int ikeId, String rfc) {
        String name = "aes" + key * 8 + cipher.keyword() + icv;
        int implicitId = cipher == Cipher.AES_GCM ? 30 : 29;
        all.add(new Transform(name, cipher, Integrity.COMBINED, key, icv, false, ikeId, rfc));
        all.add(new Transform(name + "-iiv", cipher, Integrity.COMBINED, key, icv, true, implicitId, "RFC 8750"));
    }
}
