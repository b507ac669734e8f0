package io.esp4j.dataplane;

import static io.esp4j.wire.Packets.int32;
import static io.esp4j.wire.Packets.int64;
import static io.esp4j.wire.Packets.join;
import static io.esp4j.wire.Packets.slice;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ESP packets of one key, straight over javax.crypto: the slow oracle. Written from RFC 4303 §2 and §3.3.2, RFC 4106,
 * 4309 with 3610, 4543, 7634, 8750, 3602, 2410 and 4868. It opens by decrypting, sealing again and comparing all of it.
 * Threads: immutable.
 */
final class EspOracle {
    private static final Pattern NAME = Pattern.compile("(aes(128|192|256)|chacha20|null)(.*)");
    private static final Pattern COMBINED = Pattern.compile("(gcm|ccm)(8|12|16)(-iiv)?");

    private final String mode;
    private final boolean implicitIv;
    private final boolean esn;
    private final String hmac;
    private final byte[] key;
    private final byte[] salt;
    private final byte[] integrityKey;
    final int ivOctets;
    final int icvOctets;
    final int alignment;

    EspOracle(String transform, boolean esn, byte[] keyAndSalt, byte[] integrityKey) {
        Matcher name = NAME.matcher(transform);
        if (!name.matches()) {
            throw new IllegalArgumentException(transform);
        }
        this.esn = esn;
        this.integrityKey = integrityKey;
        String rest = name.group(3);
        Matcher combined = COMBINED.matcher(rest);
        implicitIv = rest.endsWith("-iiv");
        if (combined.matches()) {
            mode = combined.group(1);
            hmac = null;
            icvOctets = Integer.parseInt(combined.group(2));
        } else if (rest.equals("gmac") || rest.startsWith("poly1305")) {
            mode = rest.equals("gmac") ? "gmac" : "chacha";
            hmac = null;
            icvOctets = 16;
        } else {
            mode = name.group(1).equals("null") ? "null" : "cbc";
            hmac = "HmacSHA" + rest.replace("-sha", "");
            icvOctets = hmac.equals("HmacSHA1") ? 12 : Integer.parseInt(rest.replace("-sha", "")) / 16;
        }
        int saltOctets = hmac != null ? 0 : mode.equals("ccm") ? 3 : 4;
        key = slice(keyAndSalt, 0, keyAndSalt.length - saltOctets);
        salt = slice(keyAndSalt, keyAndSalt.length - saltOctets, keyAndSalt.length);
        ivOctets = implicitIv || mode.equals("null") ? 0 : mode.equals("cbc") ? 16 : 8;
        alignment = mode.equals("cbc") ? 16 : 4;
    }

    /** Payload, padding 1, 2, 3 …, pad length, next header (RFC 4303 §2.4). */
    byte[] text(byte[] payload, int nextHeader) {
        int padLength = 0;
        while ((payload.length + padLength + 2) % alignment != 0) {
            padLength++;
        }
        byte[] padding = new byte[padLength];
        for (int i = 0; i < padLength; i++) {
            padding[i] = (byte) (i + 1);
        }
        return join(payload, padding, new byte[] {(byte) padLength, (byte) nextHeader});
    }

    /** The packet from SPI to ICV of a text that is complete with its trailer. */
    byte[] seal(long spi, long sequence, byte[] iv, byte[] text) {
        try {
            return sealed(spi, sequence, iv, text);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The text, or null if the packet is not, bit for bit, what sealing that text under that number gives. */
    byte[] open(byte[] packet, long sequence) {
        int textAt = 8 + ivOctets;
        if (packet.length < textAt + 2 + icvOctets) {
            return null;
        }
        try {
            byte[] iv = slice(packet, 8, textAt);
            byte[] text = decrypt(slice(packet, textAt, packet.length - icvOctets), sequence, iv);
            long spi = int32(packet, 0);
            return Arrays.equals(packet, sealed(spi, sequence, iv, text)) ? text : null;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private byte[] sealed(long spi, long sequence, byte[] iv, byte[] text) throws GeneralSecurityException {
        byte[] header = join(int32(spi), int32(sequence), iv);
        byte[] number = esn ? int64(sequence) : int32(sequence);
        byte[] aad = join(int32(spi), number);
        byte[] sealed =
                switch (mode) {
                    case "gcm" -> truncated(gcm(nonce(sequence, iv), aad, text), text.length);
                    case "gmac" -> join(text, gcm(nonce(sequence, iv), join(aad, iv, text), new byte[0]));
                    case "ccm" -> ccm(nonce(sequence, iv), aad, text);
                    case "chacha" -> chacha(nonce(sequence, iv), aad, text);
                    case "cbc" -> withHmac(header, cbc(Cipher.ENCRYPT_MODE, iv, text), sequence);
                    default -> withHmac(header, text, sequence);
                };
        return join(header, sealed);
    }

    private byte[] decrypt(byte[] text, long sequence, byte[] iv) throws GeneralSecurityException {
        return switch (mode) {
            case "gcm" ->
                cipher("AES/CTR/NoPadding", "AES", new IvParameterSpec(join(nonce(sequence, iv), int32(2))))
                        .doFinal(text);
            case "ccm" -> ccmStream(nonce(sequence, iv), text);
            case "chacha" ->
                cipher("ChaCha20", "ChaCha20", new ChaCha20ParameterSpec(nonce(sequence, iv), 1))
                        .doFinal(text);
            case "cbc" -> cbc(Cipher.DECRYPT_MODE, iv, text);
            default -> text;
        };
    }

    /** RFC 4106 §4, 4309 §4, 4543 §3.2, 7634 §2: salt ‖ IV; RFC 8750 §4: salt ‖ number. */
    private byte[] nonce(long sequence, byte[] iv) {
        return join(salt, implicitIv ? int64(sequence) : iv);
    }

    private Cipher cipher(String name, String algorithm, AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, algorithm), parameters);
        return cipher;
    }

    private byte[] gcm(byte[] nonce, byte[] aad, byte[] text) throws GeneralSecurityException {
        Cipher cipher = cipher("AES/GCM/NoPadding", "AES", new GCMParameterSpec(128, nonce));
        cipher.updateAAD(aad);
        return cipher.doFinal(text);
    }

    private byte[] truncated(byte[] textAndTag, int textOctets) {
        return Arrays.copyOf(textAndTag, textOctets + icvOctets);
    }

    private byte[] chacha(byte[] nonce, byte[] aad, byte[] text) throws GeneralSecurityException {
        Cipher cipher = cipher("ChaCha20-Poly1305", "ChaCha20", new IvParameterSpec(nonce));
        cipher.updateAAD(aad);
        return cipher.doFinal(text);
    }

    private byte[] cbc(int direction, byte[] iv, byte[] text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(direction, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(text);
    }

    /** RFC 4303 §2.2.1: the high half of an ESN is the last that the ICV is computed over, and is not sent. */
    private byte[] withHmac(byte[] header, byte[] ciphertext, long sequence) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hmac);
        mac.init(new SecretKeySpec(integrityKey, hmac));
        byte[] high = esn ? int32(sequence >>> 32) : new byte[0];
        byte[] icv = mac.doFinal(join(header, ciphertext, high));
        return join(ciphertext, Arrays.copyOf(icv, icvOctets));
    }

    /** RFC 3610 §2 with L = 4 (RFC 4309 §2). */
    private byte[] ccm(byte[] nonce, byte[] aad, byte[] text) throws GeneralSecurityException {
        int flags = 64 + 8 * ((icvOctets - 2) / 2) + 3;
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] mac = aes.doFinal(join(new byte[] {(byte) flags}, nonce, int32(text.length)));
        byte[] authenticated = join(blocks(join(new byte[] {0, (byte) aad.length}, aad)), blocks(text));
        for (int block = 0; block < authenticated.length; block += 16) {
            for (int i = 0; i < 16; i++) {
                mac[i] ^= authenticated[block + i];
            }
            mac = aes.doFinal(mac);
        }
        byte[] first = aes.doFinal(join(new byte[] {3}, nonce, int32(0)));
        byte[] icv = new byte[icvOctets];
        for (int i = 0; i < icvOctets; i++) {
            icv[i] = (byte) (mac[i] ^ first[i]);
        }
        return join(ccmStream(nonce, text), icv);
    }

    private byte[] ccmStream(byte[] nonce, byte[] text) throws GeneralSecurityException {
        byte[] counter = join(new byte[] {3}, nonce, int32(1));
        return cipher("AES/CTR/NoPadding", "AES", new IvParameterSpec(counter)).doFinal(text);
    }

    private static byte[] blocks(byte[] octets) {
        return Arrays.copyOf(octets, (octets.length + 15) / 16 * 16);
    }
}
