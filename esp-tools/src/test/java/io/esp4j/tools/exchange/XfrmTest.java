package io.esp4j.tools.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.SaText;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SAs to and from what ip xfrm state prints (iproute2, ip/ipxfrm.c). */
class XfrmTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f10111213";

    /** As iproute2 prints two SAs, the second one with -s. */
    private static final String STATES =
            """
            src 192.0.2.1 dst 192.0.2.2
            \tproto esp spi 0x00001000 reqid 1 mode tunnel
            \treplay-window 0 flag af-unspec esn
            \tmark 0x5/0xffffffff\s
            \taead rfc4106(gcm(aes)) 0xKEY 128
            \tencap type espinudp sport 4500 dport 4501 addr 0.0.0.0
            \tlastused 2026-11-21 10:00:00
            \tanti-replay esn context:
            \t seq-hi 0x0, seq 0x0, oseq-hi 0x2, oseq 0x10
            \t replay_window 128, bitmap-length 4
            \t 00000000 00000000 00000000 00000000\s
            src 2001:db8::1 dst 2001:db8::2
            \tproto esp spi 0x00002000(8192) reqid 2(0x00000002) mode transport
            \treplay-window 32 seq 0x00000000 flag  (0x00)
            \tauth-trunc hmac(sha256) 0xAUTH (256 bits) 128
            \tenc cbc(aes) 0xENC (128 bits)
            \tanti-replay context: seq 0x7, oseq 0x0, bitmap 0x0000007f
            \tsel src 2001:db8::1/128 dst 2001:db8::2/128 proto tcp dport 443 uid 0
            \tlifetime config:
            \t  limit: soft (INF)(bytes), hard 1000000(bytes)
            \t  limit: soft 90(packets), hard 100(packets)
            \t  expire add: soft 50(sec), hard 60(sec)
            \t  expire use: soft 0(sec), hard 0(sec)
            \tlifetime current:
            \t  0(bytes), 0(packets)
            \t  add 2026-11-21 10:00:00 use -
            \tstats:
            \t  replay-window 0 replay 0 failed 0
            src 192.0.2.1 dst 192.0.2.2
            \tproto ah spi 0x00003000 reqid 1 mode tunnel
            \treplay-window 32\s
            \tauth-trunc hmac(sha256) 0xAUTH 128
            """.replace("KEY", KEY).replace("AUTH", SaText.key(32, 1)).replace("ENC", SaText.key(16, 2));

    @TempDir
    private Path folder;

    private EspRun importText(String text) throws IOException {
        Path in = Files.writeString(folder.resolve("state.txt"), text);
        return EspRun.of("sa", "import", in, folder.resolve("sa.json"));
    }

    private List<SaEntry> imported() {
        return SaFile.read(folder.resolve("sa.json")).entries();
    }

    @Test
    void shouldReadWhatIpPrints() throws IOException {
        EspRun run = importText(STATES);
        assertEquals(0, run.status(), run.err());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("sa.json"))));
        List<SaEntry> sas = imported();
        assertEquals(2, sas.size());
        SaEntry first = sas.get(0);
        assertEquals(
                "0x1000 TUNNEL aes128gcm16 192.0.2.1 -> 192.0.2.2",
                first.builder().build().toString());
        assertTrue(first.esn());
        assertEquals(128, first.replayWindow());
        assertEquals(0x2_0000_0010L, first.sequence());
        assertEquals(4501, first.udpEncapsulation().destinationPort());
        assertEquals("any -> any, protocol any", first.selector().toString());
        SaEntry second = sas.get(1);
        assertEquals(
                "0x2000 TRANSPORT aes128-sha256 2001:db8::1 -> 2001:db8::2",
                second.builder().build().toString());
        assertFalse(second.esn());
        assertEquals(32, second.replayWindow());
        assertEquals(7, second.sequence());
        assertEquals(
                "2001:db8::1 -> 2001:db8::2, protocol 6, any -> 443",
                second.selector().toString());
        assertEquals(1_000_000, second.lifetime().hardOctets());
        assertEquals(90, second.lifetime().softPackets());
        assertEquals(60, second.lifetime().hardSeconds());
        assertEquals(SaText.key(32, 1), KeyText.ofIntegrityKey(second));
        assertEquals(SaText.key(16, 2), KeyText.ofKey(second));
    }

    @Test
    void shouldWriteWhatIpPrints() throws IOException {
        Path sa = SaText.write(
                folder.resolve("sa.json"),
                SaText.sa(
                        "tunnel",
                        "0x1000",
                        "192.0.2.1",
                        "192.0.2.2",
                        "aes128gcm16",
                        KEY,
                        "'esn': true",
                        "'sequence': '0x0000000200000010'",
                        "'udpEncapsulation': {'sourcePort': 4500, 'destinationPort': 4501}"),
                SaText.sa(
                        "transport",
                        "0x2000",
                        "::1",
                        "::2",
                        "null-sha256",
                        "",
                        "'replayWindow': 32",
                        "'integrityKey': '" + SaText.key(32, 1) + "'",
                        "'selector': {'source': '::1', 'protocol': 'udp', 'sourcePort': '53'}"));
        EspRun run = EspRun.of("sa", "export", "--format", "xfrm", sa);
        assertEquals(0, run.status(), run.err());
        assertEquals("""
                src 192.0.2.1 dst 192.0.2.2
                \tproto esp spi 0x00001000 reqid 0 mode tunnel
                \treplay-window 0 flag af-unspec esn
                \taead rfc4106(gcm(aes)) 0xKEY 128
                \tencap type espinudp sport 4500 dport 4501 addr 0.0.0.0
                \tanti-replay esn context:
                \t seq-hi 0x2, seq 0x10, oseq-hi 0x2, oseq 0x10
                \t replay_window 64, bitmap-length 2
                \t 00000000 00000000\s
                src ::1 dst ::2
                \tproto esp spi 0x00002000 reqid 0 mode transport
                \treplay-window 32
                \tauth-trunc hmac(sha256) 0xAUTH 128
                \tenc ecb(cipher_null) 0x
                \tanti-replay context: seq 0x0, oseq 0x0, bitmap 0x00000000
                \tsel src ::1/128 dst ::/0 proto udp sport 53\s
                """.replace("KEY", KEY).replace("AUTH", SaText.key(32, 1)), run.out());
    }

    @Test
    void shouldComeBackTheSameForEveryTransformAndMode() throws IOException {
        List<String> sas = new ArrayList<>();
        for (Transform transform : Transform.all()) {
            if (!transform.implicitIv()) {
                int number = sas.size();
                sas.add(SaText.sa(
                        List.of("tunnel", "transport", "beet").get(number % 3),
                        "0x" + Integer.toHexString(0x1000 + number),
                        "192.0.2.1",
                        "192.0.2.2",
                        transform.name(),
                        SaText.key(transform.keyOctets() + transform.saltOctets(), number),
                        "'integrityKey': '" + SaText.key(transform.integrityKeyOctets(), number) + "'",
                        "'legacy': " + transform.legacy(),
                        "'selector': {'source': '2001:db8::1', 'destination': '2001:db8::2'}",
                        "'sequence': '0x" + Integer.toHexString(number) + "'",
                        "'replayWindow': " + List.of(0, 32, 64, 1000).get(number % 4)));
            }
        }
        Path sa = SaText.write(folder.resolve("before.json"), sas.toArray(String[]::new));
        Path text = folder.resolve("state.txt");
        EspRun run = EspRun.of("sa", "export", "--format", "xfrm", sa, text);
        assertEquals(0, run.status(), run.err());
        EspRun back = importText(Files.readString(text));
        assertEquals(0, back.status(), back.err());
        List<SaEntry> before = SaFile.read(sa).entries();
        List<SaEntry> after = imported();
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            assertEquals(describe(before.get(i)), describe(after.get(i)));
        }
    }

    private static String describe(SaEntry sa) {
        return sa.builder().build() + " " + sa.selector() + " " + sa.replayWindow() + " " + sa.sequence() + " "
                + KeyText.ofKey(sa) + " " + KeyText.ofIntegrityKey(sa);
    }

    @Test
    void shouldNameWhatItLeavesOut() throws IOException {
        Path sa = SaText.write(
                folder.resolve("sa.json"),
                SaText.sa("tunnel", "0x1000", "::1", "::2", "aes128gcm16-iiv", SaText.key(20, 1)),
                SaText.sa(
                        "tunnel",
                        "0x1001",
                        "::1",
                        "::2",
                        "aes128gcm16",
                        SaText.key(20, 2),
                        "'selector': {'protocol': 'tcp', 'sourcePort': '1-2'}"),
                SaText.sa("tunnel", "0x1002", "::1", "::2", "aes128gcm16", SaText.key(20, 3)));
        EspRun run = EspRun.of("sa", "export", "--format", "xfrm", sa);
        assertEquals(1, run.status());
        assertEquals(
                List.of(
                        "esp: warning: SA \"sa-0x1000\" is left out: transform aes128gcm16-iiv has no name in the kernel",
                        "esp: warning: SA \"sa-0x1001\" is left out: selector with ports 1-2: the kernel has single"
                                + " ports only"),
                run.errLines());
        assertEquals(
                1, run.out().lines().filter(line -> line.startsWith("src ")).count());
    }

    @Test
    void shouldSayWhatIsWrongWithoutShowingKeys() throws IOException {
        assertMistake("state.txt: line 1: expected a state that begins with src", "nonsense " + KEY);
        assertMistake(
                "line 5: expected a key of 0x and hex digits (is it hidden?)", STATES.replace("0x" + KEY, "<<Keys"));
        assertMistake(
                "SA 192.0.2.1-to-192.0.2.2-0x00001000: rfc4106(gcm(aes)), a key of 19 octets, an ICV of 128 bits:"
                        + " expected algorithms that a transform has",
                STATES.replace(KEY, KEY.substring(2)));
        assertMistake("expected algorithms", STATES.replace("cbc(aes)", "cbc(des3_ede)"));
        assertMistake("expected encap type espinudp", STATES.replace("espinudp", "espintcp"));
        assertMistake("mode: expected one of", STATES.replace("mode tunnel", "mode iptfs"));
        EspRun missing = EspRun.of("sa", "import", folder.resolve("missing"));
        assertEquals(2, missing.status());
        assertEquals(2, EspRun.of("sa").status());
        assertEquals(
                2,
                EspRun.of("sa", "export", "--format", "pgp", folder.resolve("missing"))
                        .status());
    }

    private void assertMistake(String expected, String text) throws IOException {
        EspRun run = importText(text);
        assertEquals(2, run.status(), run.err());
        assertEquals(1, run.errLines().size());
        assertTrue(run.err().contains(expected), run.err());
        assertFalse(run.err().contains(KEY.substring(4, 20)), run.err());
        assertFalse(Files.exists(folder.resolve("sa.json")));
    }
}
