package io.esp4j.crypto.testing;

import static io.esp4j.crypto.testing.Vectors.octets;

import com.fasterxml.jackson.databind.JsonNode;
import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.Transform;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Published vectors as ESP packets: those that are packets, and primitives of a shape that a packet can have. */
public final class EspVectors {
    private static final Map<String, String> HMACS = Map.of(
            "hmac-sha1-96", "sha1",
            "hmac-sha256-128", "sha256",
            "hmac-sha384-192", "sha384",
            "hmac-sha512-256", "sha512");

    private EspVectors() {}

    /** Files of whole packets. */
    public static final List<String> PACKET_FILES = List.of(
            "mcgrew_gcm_test_01_esp",
            "rfc7634_chacha20poly1305_esp",
            "snabb_aes_gcm_esp",
            "dpdk_esp_packets",
            "odp_esp_packets",
            "rfc3602_aes_cbc_esp");

    /** Every whole packet whose transform exists here. */
    public static List<EspCase> packets() {
        List<EspCase> all = new ArrayList<>();
        for (String file : PACKET_FILES) {
            all.addAll(packets(file));
        }
        return all;
    }

    /** Every whole packet of a file whose transform exists here. */
    public static List<EspCase> packets(String file) {
        List<EspCase> all = new ArrayList<>();
        for (JsonNode v : Vectors.read(file).path("vectors")) {
            Optional<Transform> transform = transform(v);
            if (transform.isPresent() && !v.path("esp_packet").isNull()) {
                byte[] key = Vectors.concat(octets(v, "key"), octets(v, "salt"));
                long high = v.path("esn").asBoolean()
                        ? Long.parseLong(v.path("seq_hi").asText(), 16)
                        : 0;
                long low = Long.parseLong(v.path("seq_lo").asText(), 16);
                all.add(new EspCase(
                        file + " " + v.path("id").asText(),
                        transform.get(),
                        v.path("esn").asBoolean(),
                        (high << 32) | low,
                        key,
                        octets(v, "auth_key"),
                        octets(v, "plaintext"),
                        octets(v, "esp_packet"),
                        !v.path("expect").asText("accept").equals("reject")));
            }
        }
        return all;
    }

    private static Optional<Transform> transform(JsonNode v) {
        int bits = octets(v, "key").length * 8;
        int icv = octets(v, "icv").length;
        String hmac = HMACS.get(v.path("auth").asText());
        return switch (v.path("alg").asText()) {
            case "aes-gcm-esp" -> Optional.of(Transform.named("aes" + bits + "gcm" + icv));
            case "aes-ccm-esp" -> Optional.of(Transform.named("aes" + bits + "ccm" + icv));
            case "aes-gmac-esp" -> Optional.of(Transform.named("aes" + bits + "gmac"));
            case "chacha20-poly1305-esp" -> Optional.of(Transform.named("chacha20poly1305"));
            case "aes-cbc-esp" -> Optional.ofNullable(hmac).map(h -> Transform.named("aes" + bits + "-" + h));
            case "null-esp" -> Optional.ofNullable(hmac).map(h -> Transform.named("null-" + h));
            default -> Optional.empty();
        };
    }

    /** Primitives of a combined mode and of HMAC that have the shape of a packet. */
    public static List<EspCase> shaped() {
        List<EspCase> all = new ArrayList<>();
        Vectors.aeads().forEach(v -> shape(v).ifPresent(all::add));
        Vectors.hmacs().forEach(v -> shape(v).ifPresent(all::add));
        return all;
    }

    /** A packet has 8 or 12 octets of AAD, salt ‖ IV for a nonce, at least two octets of text. */
    private static Optional<EspCase> shape(Vectors.Aead v) {
        int salt = v.mode() == Cipher.AES_CCM ? 3 : 4;
        if (v.nonce().length != salt + 8) {
            return Optional.empty();
        }
        if (v.mode() == Cipher.AES_GMAC) {
            return shapeGmac(v);
        }
        String name = v.mode() == Cipher.CHACHA20_POLY1305
                ? "chacha20poly1305"
                : "aes" + v.key().length * 8 + (salt == 3 ? "ccm" : "gcm") + v.icv().length;
        boolean known =
                Transform.all().stream().anyMatch(t -> t.name().equals(name) && t.keyOctets() == v.key().length);
        boolean esn = v.aad().length == 12;
        if (!known || v.icv().length != Transform.named(name).icvOctets() || (v.aad().length != 8 && !esn)) {
            return Optional.empty();
        }
        if (v.text().length < 2 || (v.genuine() && v.sealed().length != v.text().length)) {
            return Optional.empty();
        }
        byte[] iv = Arrays.copyOfRange(v.nonce(), salt, salt + 8);
        return Optional.of(packet(v, Transform.named(name), esn, Vectors.concat(iv, v.sealed()), v.text()));
    }

    /** AAD is SPI ‖ number ‖ IV ‖ text, and the IV in it that of the nonce. */
    private static Optional<EspCase> shapeGmac(Vectors.Aead v) {
        byte[] iv = Arrays.copyOfRange(v.nonce(), 4, 12);
        for (int head : new int[] {8, 12}) {
            if (v.aad().length >= head + 10
                    && v.icv().length == 16
                    && Arrays.equals(iv, Arrays.copyOfRange(v.aad(), head, head + 8))) {
                byte[] text = Arrays.copyOfRange(v.aad(), head + 8, v.aad().length);
                Transform transform = Transform.named("aes" + v.key().length * 8 + "gmac");
                return Optional.of(packet(v, transform, head == 12, Vectors.concat(iv, text), text));
            }
        }
        return Optional.empty();
    }

    private static EspCase packet(Vectors.Aead v, Transform transform, boolean esn, byte[] body, byte[] text) {
        ByteBuffer aad = ByteBuffer.wrap(v.aad());
        int spi = aad.getInt();
        long sequence = esn ? aad.getLong() : aad.getInt() & 0xffff_ffffL;
        byte[] header =
                ByteBuffer.allocate(8).putInt(spi).putInt((int) sequence).array();
        int salt = transform.saltOctets();
        return new EspCase(
                v.id(),
                transform,
                esn,
                sequence,
                Vectors.concat(v.key(), Arrays.copyOf(v.nonce(), salt)),
                new byte[0],
                text,
                Vectors.concat(Vectors.concat(header, body), v.icv()),
                v.genuine());
    }

    /** With NULL encryption a message is a packet if it is long enough. */
    private static Optional<EspCase> shape(Vectors.Hmac v) {
        Integrity integrity = v.integrity();
        if (v.key().length != integrity.keyOctets()
                || v.message().length < 10
                || v.icv().length < integrity.icvOctets()
                || (!v.genuine() && v.icv().length != integrity.icvOctets())) {
            return Optional.empty();
        }
        Transform transform = Transform.all().stream()
                .filter(t -> t.cipher() == Cipher.NULL && t.integrity() == integrity)
                .findFirst()
                .orElseThrow();
        return Optional.of(new EspCase(
                v.id(),
                transform,
                false,
                ByteBuffer.wrap(v.message()).getInt(4) & 0xffff_ffffL,
                new byte[0],
                v.key(),
                Arrays.copyOfRange(v.message(), 8, v.message().length),
                Vectors.concat(v.message(), Arrays.copyOf(v.icv(), integrity.icvOctets())),
                v.genuine()));
    }
}
