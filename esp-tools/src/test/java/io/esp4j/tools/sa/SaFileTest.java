package io.esp4j.tools.sa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.Mode;
import io.esp4j.sa.NatOriginal;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.TrafficFlowPadding;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.sad.SadMatch;
import io.esp4j.tools.fixture.GcmSender;
import io.esp4j.tools.fixture.SaText;
import io.esp4j.tools.terminal.UserError;
import io.esp4j.wire.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaFileTest {
    private static final String KEY_DIGITS = GcmSender.KEY.substring(4, 20);

    private static SaEntry one(String sa) {
        return SaFile.parse("sa.json", SaText.of(sa)).entries().get(0);
    }

    private static String refusal(String text) {
        String message = assertThrows(UserError.class, () -> SaFile.parse("sa.json", text))
                .getMessage();
        assertFalse(message.contains(KEY_DIGITS), message);
        assertFalse(message.contains("\n"), message);
        assertTrue(message.startsWith("sa.json: "), message);
        return message;
    }

    private static void assertRefused(String expected, String sa) {
        assertEquals("sa.json: SA \"sa-0x1000\": " + expected, refusal(SaText.of(sa)));
    }

    @Test
    void shouldTakeDefaultsForWhatIsLeftOut() {
        SaEntry sa = one(SaText.tunnel("0x00001000"));
        SaParameters parameters = sa.builder().build();
        assertEquals("sa-0x00001000", sa.name());
        assertEquals(0x1000, parameters.spi());
        assertEquals(Mode.TUNNEL, parameters.mode());
        assertFalse(parameters.esn());
        assertEquals(64, parameters.replayWindow());
        assertEquals(0, parameters.sequence());
        assertEquals(null, parameters.udpEncapsulation());
        assertEquals(PaddingCheck.COUNT, parameters.paddingCheck());
        assertEquals(Integer.MAX_VALUE, parameters.mtu());
        assertEquals(Lifetime.UNLIMITED, parameters.lifetime());
        assertEquals(TrafficFlowPadding.NONE, parameters.trafficFlowPadding());
        assertEquals(SadMatch.SPI, parameters.match());
        assertEquals(null, parameters.natOriginal());
        assertEquals("any -> any, protocol any", sa.selector().toString());
    }

    @Test
    void shouldReadEveryField() {
        SaEntry sa = one(SaText.tunnel(
                "0xFFFFFFFF",
                "'esn': true",
                "'replayWindow': 1048576",
                "'sequence': '0xFFFFFFFFffffffff'",
                "'udpEncapsulation': {'sourcePort': 1, 'destinationPort': 65535}",
                "'selector': {'source': '10.0.0.0/8', 'destination': '192.0.2.7', 'protocol': 'tcp',"
                        + " 'sourcePort': '443', 'destinationPort': '1000-2000'}",
                "'padding': 'drop'",
                "'legacy': true",
                "'mtu': 1400",
                "'tfc': 1000",
                "'match': 'spi-destination-source'",
                "'allowSharedKey': true",
                "'lifetime': {'softPackets': 1, 'hardPackets': 2, 'softOctets': 3, 'hardOctets': 4, 'softSeconds': 5,"
                        + " 'hardSeconds': 6}"));
        SaParameters parameters = sa.builder().build();
        assertEquals(-1, parameters.spi());
        assertTrue(parameters.esn());
        assertEquals(1 << 20, parameters.replayWindow());
        assertEquals(-1, parameters.sequence());
        assertEquals(new UdpEncapsulation(1, 65535), parameters.udpEncapsulation());
        assertEquals(
                "10.0.0.0/8 -> 192.0.2.7, protocol 6, 443 -> 1000-2000",
                sa.selector().toString());
        assertEquals(PaddingCheck.DROP, parameters.paddingCheck());
        assertEquals(1400, parameters.mtu());
        assertEquals(TrafficFlowPadding.to(1000), parameters.trafficFlowPadding());
        assertEquals(SadMatch.SPI_DESTINATION_SOURCE, parameters.match());
        assertTrue(sa.allowSharedKey());
        assertEquals(new Lifetime(1, 2, 3, 4, 5, 6), parameters.lifetime());
    }

    @Test
    void shouldReadTransportAndBeet() {
        SaParameters transport = one(SaText.transport(
                        "0x100", "'natOriginal': {'source': '10.0.0.1', 'destination': '10.0.0.2'}"))
                .builder()
                .build();
        assertEquals(
                new NatOriginal(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2")), transport.natOriginal());
        SaParameters beet = one(SaText.sa(
                        "beet",
                        "0x100",
                        "192.0.2.1",
                        "192.0.2.2",
                        "null-sha256",
                        "",
                        "'integrityKey': '" + SaText.key(32, 1) + "'",
                        "'selector': {'source': '2001:db8::1', 'destination': '2001:db8::2/128'}"))
                .builder()
                .build();
        assertEquals(IpAddress.parse("2001:db8::1"), beet.innerSource());
        assertEquals(IpAddress.parse("2001:db8::2"), beet.innerDestination());
    }

    @Test
    void shouldTakeEveryTransform() {
        for (Transform transform : Transform.all()) {
            String integrity = SaText.key(transform.integrityKeyOctets(), 1);
            SaEntry sa = one(SaText.sa(
                    "tunnel",
                    "0x1000",
                    "::1",
                    "::2",
                    transform.name(),
                    SaText.key(transform.keyOctets() + transform.saltOctets(), 1),
                    "'integrityKey': '" + integrity + "'",
                    "'legacy': " + transform.legacy()));
            assertEquals(transform, sa.transform());
            sa.material().requireFits(transform);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'colour': 'red' | colour: unknown field, expected one of name, spi, ",
                "'spi': '0x2000' | spi: expected once, found twice",
                "'esn': 'true' | esn: expected true or false, found a string",
                "'esn': null | esn: expected true or false, found null",
                "'replayWindow': '64' | replayWindow: expected a number, found a string",
                "'replayWindow': 31 | replayWindow: expected 0 (off) or 32 to 1048576, found 31",
                "'replayWindow': -1 | replayWindow: expected a whole number from 0 to 1048576, found \"-1\"",
                "'replayWindow': 64.0 | replayWindow: expected a whole number from 0 to 1048576, found \"64.0\"",
                "'replayWindow': 1048577 | replayWindow: expected a whole number from 0 to 1048576, found \"1048577\"",
                "'esn': true, 'replayWindow': 0 | replayWindow: expected 32 or more with esn, whose",
                "'sequence': 5 | sequence: expected a string, found a number",
                "'sequence': '5' | sequence: expected 0x and 1 to 16 hex digits, found \"5\"",
                "'sequence': '0x' | sequence: expected 0x and 1 to 16 hex digits, found \"0x\"",
                "'sequence': '0x100000000' | sequence: expected at most 0xffffffff without esn, found \"0x100000000\"",
                "'esn': true, 'sequence': '0x00000000000000001' | sequence: expected 0x and 1 to 16 hex digits",
                "'udpEncapsulation': 4500 | udpEncapsulation: expected an object, found a number",
                "'udpEncapsulation': {'sourcePort': 4500} | udpEncapsulation.destinationPort: expected 1 to 65535, found nothing",
                "'udpEncapsulation': {'sourcePort': 0, 'destinationPort': 1} | udpEncapsulation.sourcePort: expected a whole number",
                "'udpEncapsulation': {'sourcePort': 1, 'destinationPort': 1, 'x': 1} | udpEncapsulation.x: unknown field",
                "'selector': {'source': '10.0.0.1/8'} | selector.source: expected an address or a prefix such as 10.0.0.0/8 (no",
                "'selector': {'source': '10.0.0.0/33'} | selector.source: expected an address or a prefix",
                "'selector': {'source': '10.0.0.0/8', 'destination': '::/0'} | selector.destination: expected the family of source",
                "'selector': {'protocol': 'tpc'} | selector.protocol: expected any, a protocol's name such as tcp, or its number",
                "'selector': {'protocol': 6} | selector.protocol: expected a string, found a number",
                "'selector': {'sourcePort': '443'} | selector.sourcePort: expected beside a protocol that has ports",
                "'selector': {'protocol': 'udp', 'sourcePort': '2-1'} | selector.sourcePort: expected a port or a range",
                "'selector': {'dscp': 1} | selector.dscp: unknown field, expected one of source, destination, protocol, sourcePort,",
                "'padding': 'DROP' | padding: expected one of ignore, count, drop, found \"DROP\"",
                "'mtu': 67 | mtu: expected a whole number from 68 to",
                "'tfc': 65536 | tfc: expected a whole number from 0 to 65535",
                "'match': 'spi-source' | match: expected one of spi, spi-destination, spi-destination-source, found",
                "'natOriginal': {'source': '::1', 'destination': '::2'} | natOriginal: expected in transport mode only, found in",
                "'lifetime': {'softPackets': 3, 'hardPackets': 2} | lifetime.softPackets: expected a whole number from 0 to 2,",
                "'lifetime': {'hardHours': 3} | lifetime.hardHours: unknown field",
                "'lifetime': [] | lifetime: expected an object, found a list",
                "'allowSharedKey': 1 | allowSharedKey: expected true or false, found a number",
                "'integrityKey': '00' | integrityKey: expected none for aes128gcm16, found 2 characters",
            })
    void shouldRefuseWrongField(String field, String expected) {
        String message = refusal(SaText.of(SaText.tunnel("0x1000", field)));
        assertTrue(message.startsWith("sa.json: SA \"sa-0x1000\": " + expected), message);
    }

    @Test
    void shouldRefuseWrongRequiredFields() {
        String good = SaText.tunnel("0x1000");
        for (String spi : List.of("0x0", "0xff", "0x100000000", "1000", "0x", "0xg")) {
            String message = refusal(SaText.of(SaText.tunnel(spi)));
            assertTrue(message.contains("spi: expected 0x and 1 to 8 hex digits, from 0x100 to 0xffffffff"), message);
        }
        assertRefused(
                "mode: expected one of tunnel, transport, beet, found \"Tunnel\"", good.replace("tunnel", "Tunnel"));
        assertRefused(
                "source: expected an IP address such as 192.0.2.1 or 2001:db8::1, found \"192.0.2\"",
                good.replace("192.0.2.1", "192.0.2"));
        assertRefused(
                "source: expected an IP address such as 192.0.2.1 or 2001:db8::1, found \"localhost\"",
                good.replace("192.0.2.1", "localhost"));
        assertRefused(
                "destination: expected an address of the family of source 192.0.2.1, found ::1",
                good.replace("192.0.2.2", "::1"));
        assertRefused(
                "transform: expected a transform such as aes256gcm16, chacha20poly1305, aes128-sha256 or null-sha256,"
                        + " found \"3des-md5\"",
                good.replace("aes128gcm16", "3des-md5"));
        assertRefused(
                "transform: expected \"legacy\": true beside null-sha1, which is for old peers only",
                good.replace("aes128gcm16", "null-sha1"));
        for (String field : List.of("name", "spi", "mode", "source", "destination", "transform", "key")) {
            String message = refusal(SaText.of(
                    good.replaceFirst("\"" + field + "\": \"[^\"]*\"(, )?", "").replace(", }", "}")));
            assertTrue(message.contains(field + ": expected "), message);
            assertTrue(message.endsWith("found nothing"), message);
        }
    }

    @Test
    void shouldRefuseWrongKeysWithoutShowingThem() {
        String good = SaText.tunnel("0x1000");
        String expected = "key: expected 40 hex digits, 20 octets (4 of them salt) for aes128gcm16, found ";
        assertRefused(expected + "39 characters", good.replace(GcmSender.KEY, GcmSender.KEY.substring(1)));
        assertRefused(expected + "32 characters", good.replace(GcmSender.KEY, GcmSender.KEY.substring(8)));
        assertRefused(expected + "another character", good.replace("f0f1f2f3", "f0f1f2fg"));
        assertRefused(
                "key: expected none for null-sha256, found 40 characters", good.replace("aes128gcm16", "null-sha256"));
        assertRefused(
                "integrityKey: expected 64 hex digits, 32 octets for null-sha256, found nothing",
                good.replace("aes128gcm16", "null-sha256").replace(GcmSender.KEY, ""));
        // Keys that were put into other fields by mistake.
        assertRefused(
                "transform: expected a transform such as aes256gcm16, chacha20poly1305, aes128-sha256 or null-sha256,"
                        + " found a string of 40 characters",
                good.replace("aes128gcm16", GcmSender.KEY));
        assertRefused(
                "a string of 40 characters: unknown field, expected one of name, spi, mode, source, destination, transform,"
                        + " legacy, key, integrityKey, allowSharedKey, esn, replayWindow, sequence, udpEncapsulation,"
                        + " selector, padding, mtu, lifetime, tfc, match, natOriginal",
                good.replace("\"name\"", "\"" + GcmSender.KEY + "\": 1, \"name\""));
        String named = good.replace("sa-0x1000", GcmSender.KEY);
        assertEquals(
                "sa.json: SA number 1: name: expected a name, found 40 characters that look like a key",
                refusal(SaText.of(named)));
        assertEquals(
                "sa.json: SA number 1: colour: expected once, found twice",
                refusal(SaText.of(named.replace("\"spi\"", "\"colour\": 1, \"colour\": 2, \"spi\""))));
    }

    @Test
    void shouldRefuseModesWithFieldsOfOthers() {
        assertRefused(
                "tfc: expected in tunnel mode only, where the inner packet has its own length",
                SaText.transport("0x1000", "'tfc': 100"));
        String beet = SaText.tunnel("0x1000", "'selector': {'source': '10.0.0.1', 'destination': '10.0.0.0/24'}")
                .replace("tunnel", "beet");
        assertRefused("selector.destination: expected a single address, the inner one, found \"10.0.0.0/24\"", beet);
        assertRefused(
                "selector: expected the inner addresses as source and destination, found nothing",
                SaText.tunnel("0x1000").replace("tunnel", "beet"));
    }

    @Test
    void shouldTellSasWithOneSpiApartByMatch() {
        String a = SaText.tunnel("0x1000", "'match': 'spi-destination'");
        String b = SaText.sa(
                "tunnel",
                "0x1000",
                "192.0.2.1",
                "192.0.2.9",
                "aes128gcm16",
                SaText.key(20, 9),
                "'match': 'spi-destination'");
        assertEquals(2, SaFile.parse("sa.json", SaText.of(a, b)).entries().size());
        assertEquals(
                "sa.json: SA \"sa-0x1000\": spi: expected one of its own, found 0x00001000 of SA \"sa-0x1000\","
                        + " which match does not tell apart",
                refusal(SaText.of(a, b.replace("192.0.2.9", "192.0.2.2"))));
        assertTrue(refusal(SaText.of(SaText.tunnel("0x1000"), b.replace(", \"match\": \"spi-destination\"", "")))
                .contains("spi: expected one of its own"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseOneKeyForTwoUnlessBothShareIt(boolean both) {
        String share = "'allowSharedKey': true";
        String a = SaText.tunnel("0x1000", share);
        String b = SaText.tunnel("0x1001", both ? share : "'allowSharedKey': false");
        if (both) {
            SaFile file = SaFile.parse("sa.json", SaText.of(a, b));
            String message = assertThrows(UserError.class, file::requireOwnKeysForSending)
                    .getMessage();
            assertTrue(message.startsWith("SA \"sa-0x1001\": key: expected a key of its own for sending"), message);
        } else {
            assertEquals(
                    "sa.json: SA \"sa-0x1001\": key: expected a key of its own, found that of SA \"sa-0x1000\""
                            + " (allowed only if both say \"allowSharedKey\": true)",
                    refusal(SaText.of(a, b)));
        }
    }

    @Test
    void shouldCompareIntegrityKeysWhereNothingIsEncrypted() {
        String integrity = "'integrityKey': '" + SaText.key(32, 1) + "'";
        String a = SaText.sa("tunnel", "0x1000", "::1", "::2", "null-sha256", "", integrity);
        String b = SaText.sa("tunnel", "0x1001", "::1", "::2", "null-sha256", "", integrity);
        assertTrue(refusal(SaText.of(a, b)).contains("SA \"sa-0x1001\": integrityKey: expected a key of its own"));
        String cbc = "'integrityKey': '" + SaText.key(32, 1) + "'";
        String c = SaText.sa("tunnel", "0x1002", "::1", "::2", "aes128-sha256", SaText.key(16, 1), cbc);
        String d = SaText.sa("tunnel", "0x1003", "::1", "::2", "aes128-sha256", SaText.key(16, 2), cbc);
        SaFile.parse("sa.json", SaText.of(a, c, d)).requireOwnKeysForSending();
    }

    @Test
    void shouldRefuseWhatIsNoSaFile() {
        assertEquals("sa.json: is empty, expected a JSON object", refusal(""));
        assertEquals("sa.json: expected an object with securityAssociations, found a list", refusal("[]"));
        assertEquals("sa.json: securityAssociations: expected a list, found nothing", refusal("{}"));
        assertEquals(
                "sa.json: version: unknown field, expected one of securityAssociations",
                refusal("{\"version\": 1, \"securityAssociations\": []}"));
        assertEquals(
                "sa.json: SA number 2: expected an object, found a number",
                refusal(SaText.of(SaText.tunnel("0x1000"), "5")));
        assertEquals(
                "sa.json: line 3, column 5: is not JSON, expected a JSON object",
                refusal(SaText.of(GcmSender.KEY + "x")).replaceFirst("column \\d+", "column 5"));
        assertEquals(
                "sa.json: line 1, column 33: expected nothing behind the JSON object, found more",
                refusal("{\"securityAssociations\": []}    {}"));
        assertTrue(refusal(SaText.of(SaText.tunnel("0x1000")).substring(0, 80)).contains("is not JSON"));
    }

    @Test
    void shouldChangeNothingButNumbers() {
        String with = SaText.tunnel("0x1000", "'esn': true", "'sequence' :   '0x0000000000000001'", "'mtu':1400");
        String without = SaText.sa("tunnel", "0x1001", "::1", "::2", "aes128gcm16", SaText.key(20, 9));
        String text = "\n\n " + SaText.of(with, without) + "\t\n";
        String changed = SaFile.parse("sa.json", text).withSequences(new long[] {0x1_0000_0002L, 7});
        assertEquals(
                text.replace("\"0x0000000000000001\"", "\"0x100000002\"")
                        .replace("\"spi\": \"0x1001\"", "\"spi\": \"0x1001\", \"sequence\": \"0x7\""),
                changed);
        SaFile again = SaFile.parse("sa.json", changed);
        assertEquals(0x1_0000_0002L, again.entries().get(0).sequence());
        assertEquals(7, again.entries().get(1).sequence());
    }
}
