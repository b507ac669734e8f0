package io.esp4j.crypto.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The published vectors of the {@code vectors} folder, read. */
public final class Vectors {
    private static final Map<String, Cipher> MODES = Map.of(
            "aes-gcm", Cipher.AES_GCM,
            "aes-ccm", Cipher.AES_CCM,
            "aes-gmac", Cipher.AES_GMAC,
            "chacha20-poly1305", Cipher.CHACHA20_POLY1305);
    private static final Map<String, Integrity> HASHES = Map.of(
            "hmac-sha1", Integrity.HMAC_SHA1_96,
            "hmac-sha256", Integrity.HMAC_SHA256_128,
            "hmac-sha384", Integrity.HMAC_SHA384_192,
            "hmac-sha512", Integrity.HMAC_SHA512_256);

    private Vectors() {}

    /** A combined mode. GMAC: the text is empty and everything is AAD. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Aead(
            String id,
            Cipher mode,
            byte[] key,
            byte[] nonce,
            byte[] aad,
            byte[] text,
            byte[] sealed,
            byte[] icv,
            boolean genuine) {}

    /** An HMAC, perhaps truncated. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Hmac(String id, Integrity integrity, byte[] key, byte[] message, byte[] icv, boolean genuine) {}

    /** AES-CBC without padding. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Cbc(String id, byte[] key, byte[] iv, byte[] text, byte[] sealed) {}

    public static JsonNode read(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file + ".json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] octets(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.path(field).asText(""));
    }

    /** Every vector of a combined mode, primitives only. */
    public static List<Aead> aeads() {
        List<Aead> all = new ArrayList<>();
        for (String file : List.of(
                "gcm_spec",
                "ipsec_mb_aead",
                "linux_testmgr_aead",
                "rfc3610_ccm",
                "rfc8439_chacha20_poly1305",
                "snabb_aes_gcm_primitive",
                "strongswan_aead",
                "vpp_chacha20_poly1305")) {
            for (JsonNode v : read(file).path("vectors")) {
                Cipher mode = MODES.get(v.path("alg").asText());
                if (mode != null) {
                    boolean genuine = !v.path("result").asText("valid").equals("invalid");
                    boolean gmac = mode == Cipher.AES_GMAC;
                    all.add(new Aead(
                            file + " " + v.path("id").asText(),
                            mode,
                            octets(v, "key"),
                            octets(v, "nonce"),
                            octets(v, "aad"),
                            gmac ? new byte[0] : octets(v, "msg"),
                            gmac ? new byte[0] : octets(v, "ct"),
                            octets(v, "tag"),
                            genuine));
                }
            }
        }
        for (JsonNode v : read("rfc7634_chacha20poly1305_esp").path("vectors")) {
            if (v.path("esp_packet").isNull()) {
                all.add(new Aead(
                        "rfc7634_chacha20poly1305_esp " + v.path("id").asText(),
                        Cipher.CHACHA20_POLY1305,
                        octets(v, "key"),
                        octets(v, "nonce"),
                        octets(v, "aad"),
                        octets(v, "plaintext"),
                        octets(v, "ciphertext"),
                        octets(v, "tag"),
                        true));
            }
        }
        wycheproof(all, "aes_gcm_test", Cipher.AES_GCM);
        wycheproof(all, "aes_ccm_test", Cipher.AES_CCM);
        wycheproof(all, "chacha20_poly1305_test", Cipher.CHACHA20_POLY1305);
        wycheproof(all, "aes_gmac_test", Cipher.AES_GMAC);
        return all;
    }

    private static void wycheproof(List<Aead> all, String file, Cipher mode) {
        for (JsonNode group : read("wycheproof/" + file).path("testGroups")) {
            for (JsonNode v : group.path("tests")) {
                boolean gmac = mode == Cipher.AES_GMAC;
                all.add(new Aead(
                        "wycheproof/" + file + " " + v.path("tcId").asInt(),
                        mode,
                        octets(v, "key"),
                        octets(v, "iv"),
                        octets(v, gmac ? "msg" : "aad"),
                        gmac ? new byte[0] : octets(v, "msg"),
                        octets(v, "ct"),
                        octets(v, "tag"),
                        v.path("result").asText().equals("valid")));
            }
        }
    }

    /** Every vector of an HMAC that exists here; the MAC half of Linux's authenc vectors among them. */
    public static List<Hmac> hmacs() {
        List<Hmac> all = new ArrayList<>();
        for (String file : List.of("rfc_hmac", "ipsec_mb_mac", "strongswan_mac")) {
            for (JsonNode v : read(file).path("vectors")) {
                Integrity integrity = HASHES.get(v.path("alg").asText());
                if (integrity != null) {
                    String id = file + " " + v.path("id").asText();
                    all.add(new Hmac(id, integrity, octets(v, "key"), octets(v, "msg"), octets(v, "tag"), true));
                }
            }
        }
        for (JsonNode v : read("linux_testmgr_authenc").path("vectors")) {
            byte[] message = concat(octets(v, "aad"), octets(v, "ct"));
            Integrity integrity = HASHES.get(v.path("mac").asText());
            String id = "linux_testmgr_authenc " + v.path("id").asText();
            all.add(new Hmac(id, integrity, octets(v, "auth_key"), message, octets(v, "tag"), true));
        }
        for (String hash : List.of("sha256", "sha384", "sha512")) {
            for (JsonNode group : read("wycheproof/hmac_" + hash + "_test").path("testGroups")) {
                for (JsonNode v : group.path("tests")) {
                    all.add(new Hmac(
                            "wycheproof/hmac_" + hash + "_test "
                                    + v.path("tcId").asInt(),
                            HASHES.get("hmac-" + hash),
                            octets(v, "key"),
                            octets(v, "msg"),
                            octets(v, "tag"),
                            v.path("result").asText().equals("valid")));
                }
            }
        }
        return all;
    }

    /** Every vector of AES-CBC whose result is a ciphertext, those of packets without integrity among them. */
    public static List<Cbc> cbcs() {
        List<Cbc> all = new ArrayList<>();
        for (String file : List.of("rfc3602_aes_cbc_primitive", "ipsec_mb_cipher", "strongswan_cipher")) {
            for (JsonNode v : read(file).path("vectors")) {
                if (v.path("alg").asText().equals("aes-cbc")) {
                    String id = file + " " + v.path("id").asText();
                    all.add(new Cbc(id, octets(v, "key"), octets(v, "iv"), octets(v, "msg"), octets(v, "ct")));
                }
            }
        }
        for (JsonNode v : read("linux_testmgr_authenc").path("vectors")) {
            if (v.path("cipher").asText().equals("aes-cbc")) {
                String id = "linux_testmgr_authenc " + v.path("id").asText();
                all.add(new Cbc(id, octets(v, "enc_key"), octets(v, "iv"), octets(v, "msg"), octets(v, "ct")));
            }
        }
        for (String file : List.of("rfc3602_aes_cbc_esp", "odp_esp_packets", "dpdk_esp_packets")) {
            for (JsonNode v : read(file).path("vectors")) {
                String integrity = v.path("auth").asText("none");
                if (v.path("alg").asText().startsWith("aes-cbc-esp")
                        && List.of("none", "hmac-md5-96").contains(integrity)) {
                    all.add(new Cbc(
                            file + " " + v.path("id").asText(),
                            octets(v, "key"),
                            octets(v, "iv"),
                            octets(v, "plaintext"),
                            octets(v, "ciphertext")));
                }
            }
        }
        for (JsonNode group : read("wycheproof/aes_cbc_pkcs5_test").path("testGroups")) {
            for (JsonNode v : group.path("tests")) {
                if (v.path("result").asText().equals("valid")) {
                    byte[] message = octets(v, "msg");
                    byte[] padded = Arrays.copyOf(message, message.length / 16 * 16 + 16);
                    Arrays.fill(padded, message.length, padded.length, (byte) (padded.length - message.length));
                    String id =
                            "wycheproof/aes_cbc_pkcs5_test " + v.path("tcId").asInt();
                    all.add(new Cbc(id, octets(v, "key"), octets(v, "iv"), padded, octets(v, "ct")));
                }
            }
        }
        return all;
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
