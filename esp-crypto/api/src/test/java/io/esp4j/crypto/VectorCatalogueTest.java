package io.esp4j.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.esp4j.crypto.testing.EspCase;
import io.esp4j.crypto.testing.EspVectors;
import io.esp4j.crypto.testing.Vectors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Counts the published vectors, so that none is lost: what runs as a packet, what beneath, what exists elsewhere only. */
class VectorCatalogueTest {

    @Test
    @DisplayName(
            "R30 R32 R33 R34 R36 R37 R38 every vector of a packet file is run, or is of an algorithm that is not here")
    void shouldAccountForEveryPacket() {
        // file → packets through sessions, packets without an integrity that exists here (their CBC is run), others
        Map<String, List<Integer>> expected = Map.of(
                "mcgrew_gcm_test_01_esp", List.of(17, 0, 0),
                "rfc7634_chacha20poly1305_esp", List.of(1, 0, 0),
                "snabb_aes_gcm_esp", List.of(11, 0, 0),
                "dpdk_esp_packets", List.of(10, 2, 12),
                "odp_esp_packets", List.of(22, 5, 2),
                "rfc3602_aes_cbc_esp", List.of(0, 4, 0));
        Map<String, List<Integer>> found = new TreeMap<>();
        for (String file : EspVectors.PACKET_FILES) {
            int packets = EspVectors.packets(file).size();
            int cbcs = (int) Vectors.cbcs().stream()
                    .filter(v -> v.id().startsWith(file + " "))
                    .count();
            int others = 0;
            for (JsonNode v : Vectors.read(file).path("vectors")) {
                String algorithms =
                        v.path("alg").asText() + " " + v.path("auth").asText();
                others += algorithms.matches(".*des-cbc.*|aes-ctr.*|.*xcbc.*") ? 1 : 0;
            }
            found.put(file, List.of(packets, cbcs, others));
            int primitives = file.startsWith("rfc7634") ? 1 : 0;
            assertEquals(Vectors.read(file).path("vectors").size(), packets + cbcs + others + primitives, file);
        }
        assertEquals(new TreeMap<>(expected), found);
    }

    @Test
    @DisplayName("R30 R32 R33 R34 every published vector of a combined mode is read")
    void shouldReadEveryCombinedMode() {
        assertEquals(
                "{AES_CCM=690, AES_GCM=421, AES_GMAC=420, CHACHA20_POLY1305=341}",
                count(Vectors.aeads().stream(), v -> v.mode().name()));
    }

    @Test
    @DisplayName("R36 R37 R38 every published vector of HMAC and CBC is read")
    void shouldReadEveryHmacAndCbc() {
        assertEquals(
                "{HMAC_SHA1_96=30, HMAC_SHA256_128=199, HMAC_SHA384_192=191, HMAC_SHA512_256=198}",
                count(Vectors.hmacs().stream(), v -> v.integrity().name()));
        assertEquals(
                "{dpdk_esp_packets=2, ipsec_mb_cipher=7, linux_testmgr_authenc=21, odp_esp_packets=5, "
                        + "rfc3602_aes_cbc_esp=4, rfc3602_aes_cbc_primitive=4, strongswan_cipher=6, "
                        + "wycheproof/aes_cbc_pkcs5_test=72}",
                count(Vectors.cbcs().stream(), v -> v.id().substring(0, v.id().indexOf(' '))));
    }

    @Test
    @DisplayName("R30 R32 R33 R34 R37 every primitive of the shape of a packet is run as one")
    void shouldRunEveryPrimitiveThatHasTheShapeOfAPacket() {
        assertEquals(
                "{ipsec_mb_aead=3, ipsec_mb_mac=2, linux_testmgr_aead=51, linux_testmgr_authenc=25, "
                        + "rfc8439_chacha20_poly1305=2, rfc_hmac=2, strongswan_aead=3, strongswan_mac=9, "
                        + "vpp_chacha20_poly1305=1, wycheproof/aes_ccm_test=6, wycheproof/aes_gcm_test=5, "
                        + "wycheproof/chacha20_poly1305_test=45, wycheproof/hmac_sha256_test=61, "
                        + "wycheproof/hmac_sha384_test=61, wycheproof/hmac_sha512_test=61}",
                count(EspVectors.shaped().stream(), EspCase::source));
    }

    private static <T> String count(Stream<T> all, Function<T, String> key) {
        Map<String, Integer> counts = new TreeMap<>();
        all.forEach(t -> counts.merge(key.apply(t), 1, Integer::sum));
        return counts.toString();
    }
}
