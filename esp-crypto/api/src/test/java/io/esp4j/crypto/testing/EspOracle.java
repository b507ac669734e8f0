package io.esp4j.crypto.testing;

import io.esp4j.crypto.Transform;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals an ESP packet as the RFCs say it, octet by octet into new arrays: RFC 4303, 4106, 4309, 4543, 7634, 8750, 3602,
 * 2410, 4868, 2404. Knows a transform by its name only. Slow, and for tests only.
 */
public final class EspOracle {
    private EspOracle() {}

    /** The whole packet, SPI to ICV. The IV is used where it is explicit. */
    public static byte[] seal(
            Transform transform,
            boolean esn,
            byte[] keyAndSalt,
            byte[] integrityKey,
            int spi,
            long sequence,
            byte[] explicitIv,
            byte[] text) {
        String name = transform.name();
        byte[] header =
                ByteBuffer.allocate(8).putInt(spi).putInt((int) sequence).array();
        byte[] number = ByteBuffer.allocate(8)
                .putLong(esn ? sequence : sequence & 0xffff_ffffL)
                .array();
        if (name.startsWith("null-")) {
            return withHmac(name, esn, integrityKey, concat(header, text), sequence);
        }
        if (name.contains("-sha")) {
            byte[] iv = Arrays.copyOf(explicitIv, 16);
            return withHmac(name, esn, integrityKey, concat(header, iv, cbc(keyAndSalt, iv, text)), sequence);
        }
        boolean implicit = name.endsWith("-iiv");
        byte[] iv = implicit ? number : Arrays.copyOf(explicitIv, 8);
        byte[] onWire = implicit ? new byte[0] : iv;
        byte[] aad = esn ? concat(Arrays.copyOf(header, 4), number) : header;
        int saltOctets = name.contains("ccm") ? 3 : 4;
        byte[] key = Arrays.copyOf(keyAndSalt, keyAndSalt.length - saltOctets);
        byte[] nonce = concat(Arrays.copyOfRange(keyAndSalt, key.length, keyAndSalt.length), iv);
        if (name.endsWith("gmac")) {
            byte[] icv = TextbookGcm.seal(key, nonce, concat(aad, iv, text), new byte[0]);
            return concat(header, iv, text, icv);
        }
        if (name.startsWith("chacha20poly1305")) {
            return concat(header, onWire, TextbookChaCha20Poly1305.seal(key, nonce, aad, text));
        }
        int icvOctets = Integer.parseInt(name.replaceAll("aes\\d+[gc]cm(\\d+).*", "$1"));
        byte[] sealed = name.contains("gcm")
                ? TextbookGcm.seal(key, nonce, aad, text)
                : TextbookCcm.seal(key, nonce, aad, text, icvOctets);
        return concat(header, onWire, Arrays.copyOf(sealed, text.length + icvOctets));
    }

    /** A random packet of a transform. */
    public static EspCase random(Transform transform, RandomGenerator random, int payloadOctets) {
        boolean esn = random.nextBoolean();
        long high = random.nextInt(4) == 0 ? 0 : random.nextInt();
        long sequence = (esn ? high << 32 : 0) | (random.nextInt() & 0xffff_ffffL);
        byte[] key = octets(random, transform.keyOctets() + transform.saltOctets());
        byte[] integrityKey = octets(random, transform.integrityKeyOctets());
        return packet(transform, esn, sequence, key, integrityKey, random, payloadOctets);
    }

    /** A packet of a key; payload and IV are random. */
    public static EspCase packet(
            Transform transform,
            boolean esn,
            long sequence,
            byte[] key,
            byte[] integrityKey,
            RandomGenerator random,
            int payloadOctets) {
        int alignment = transform.name().matches("aes\\d+-sha\\d+") ? 16 : 4;
        byte[] text = octets(random, (payloadOctets + 2 + alignment - 1) / alignment * alignment);
        byte[] packet = seal(transform, esn, key, integrityKey, random.nextInt(), sequence, octets(random, 16), text);
        return new EspCase("random", transform, esn, sequence, key, integrityKey, text, packet, true);
    }

    static byte[] octets(RandomGenerator random, int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] cbc(byte[] key, byte[] iv, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 4303 §3.3.2.1: over the packet, then the high half of the number, which is not sent. */
    private static byte[] withHmac(String name, boolean esn, byte[] integrityKey, byte[] packet, long sequence) {
        String hash = name.substring(name.indexOf("-sha") + 4);
        int icvOctets = hash.equals("1") ? 12 : Integer.parseInt(hash) / 16;
        try {
            Mac mac = Mac.getInstance("HmacSHA" + hash);
            mac.init(new SecretKeySpec(integrityKey, "HMAC"));
            mac.update(packet);
            if (esn) {
                mac.update(
                        ByteBuffer.allocate(4).putInt((int) (sequence >>> 32)).array());
            }
            return concat(packet, Arrays.copyOf(mac.doFinal(), icvOctets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
