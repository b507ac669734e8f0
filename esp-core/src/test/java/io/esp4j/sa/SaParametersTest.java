package io.esp4j.sa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.replay.ResynchronisationPolicy;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaParametersTest {
    private static final Transform GCM = Transform.named("aes256gcm16");
    private static final IpAddress A4 = IpAddress.parse("192.0.2.1");
    private static final IpAddress B4 = IpAddress.parse("192.0.2.2");
    private static final IpAddress A6 = IpAddress.parse("2001:db8::1");
    private static final IpAddress B6 = IpAddress.parse("2001:db8::2");

    private static SaBuilder tunnel(int spi, Transform transform) {
        return SaParameters.tunnel(spi, transform, A4, B4);
    }

    private static SaBuilder tunnel() {
        return tunnel(0x1000, GCM);
    }

    /** The refusal must name what was found. */
    private static void assertRefused(SaBuilder builder, String... words) {
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName("R3 SPI 0 and the reserved ones up to 255 are refused")
    @ValueSource(ints = {0, 1, 128, 255})
    void shouldRefuseReservedSpis(int spi) {
        assertRefused(tunnel(spi, GCM), "spi " + spi);
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName("R3 every SPI from 256 is allowed, as an unsigned number")
    @ValueSource(ints = {256, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void shouldAllowSpisFrom256(int spi) {
        assertEquals(spi, tunnel(spi, GCM).build().spi());
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName(
            "R15 R38 no encryption or NULL without integrity, no DES, 3DES, Blowfish, MD5: there is no such transform")
    @ValueSource(
            strings = {
                "null",
                "aes128",
                "aes256",
                "aes128ctr",
                "null-md5",
                "aes128-md5",
                "3des-sha256",
                "des-sha1",
                "blowfish128-sha1"
            })
    void shouldKnowNoTransformWithoutIntegrity(String name) {
        assertThrows(IllegalArgumentException.class, () -> Transform.named(name));
    }

    @Test
    @DisplayName("R15 every transform there is has an ICV")
    void shouldHaveAnIcvInEveryTransform() {
        for (Transform transform : Transform.all()) {
            assertTrue(transform.icvOctets() >= 8, transform.name());
        }
    }

    @Test
    @DisplayName("R38 HMAC-SHA1-96 needs the explicit legacy switch")
    void shouldRefuseSha1UnlessLegacyIsAllowed() {
        for (String name : new String[] {"aes128-sha1", "null-sha1"}) {
            SaBuilder builder = tunnel(0x1000, Transform.named(name));
            assertRefused(builder, "HMAC-SHA1-96", name);
            assertSame(Transform.named(name), builder.legacy(true).build().transform());
        }
    }

    @Test
    @DisplayName("R20 R23 anti-replay is on by default, with 64 packets; any size from 0 to 2^20 is taken as it is")
    void shouldTakeEveryWindow() {
        assertEquals(64, tunnel().build().replayWindow());
        for (int window : new int[] {0, 1, 2, 32, 63, 65, 1 << 20}) {
            assertEquals(window, tunnel().replayWindow(window).build().replayWindow());
        }
        assertRefused(tunnel().replayWindow(-1), "-1");
        assertRefused(tunnel().replayWindow((1 << 20) + 1), "1048577");
    }

    @Test
    @DisplayName("R20 no window is refused with ESN, a window with several senders")
    void shouldRefuseWindowsThatContradict() {
        assertRefused(tunnel().esn(true).replayWindow(0), "ESN");
        assertRefused(tunnel().severalSenders(true), "several senders");
        assertTrue(tunnel().severalSenders(true).replayWindow(0).build().severalSenders());
    }

    @Test
    @DisplayName("R35 an implicit IV is refused on an SA with several senders")
    void shouldRefuseImplicitIvWithSeveralSenders() {
        assertRefused(
                tunnel(0x1000, Transform.named("aes256gcm16-iiv"))
                        .severalSenders(true)
                        .replayWindow(0),
                "RFC 8750",
                "aes256gcm16-iiv");
    }

    @Test
    @DisplayName("R6 numbers above 2^32-1 are refused without ESN")
    void shouldRefuseLongNumbersWithoutEsn() {
        assertEquals(0xffff_ffffL, tunnel().sequence(0xffff_ffffL).build().sequence());
        assertRefused(tunnel().sequence(0x1_0000_0000L), "0x100000000");
        assertRefused(tunnel().sequence(-1), "0xffffffffffffffff");
        assertEquals(-1, tunnel().esn(true).sequence(-1).build().sequence());
    }

    @Test
    @DisplayName("R46 values of outer header fields are refused out of range")
    void shouldRefuseHeaderValuesOutOfRange() {
        assertRefused(tunnel().hopLimit(0), "hop limit 0");
        assertRefused(tunnel().hopLimit(256), "hop limit 256");
        assertRefused(tunnel().dscp(64), "dscp 64");
        assertRefused(tunnel().dscp(-2), "dscp -2");
        assertRefused(tunnel().flowLabel(1 << 20), "flow label 1048576");
        assertRefused(tunnel().dscp(1).dscpMap(dscp -> dscp), "dscp 1 and a map");
        assertRefused(tunnel().flowLabel(1).flowLabelCopied(true), "flow label 1 and copied");
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> tunnel().dscpMap(dscp -> dscp + 1));
        assertTrue(wrong.getMessage().contains("DSCP 63 maps to 64"), wrong.getMessage());
        assertRefused(tunnel().mtu(67), "mtu 67");
        assertEquals(68, tunnel().mtu(68).build().mtu());
        assertThrows(NullPointerException.class, () -> tunnel().dontFragment(null));
    }

    @Test
    @DisplayName("R14 the two ends of an SA are of one family, and so are the two inner ends of BEET")
    void shouldRefuseMixedFamilies() {
        assertRefused(SaParameters.tunnel(0x1000, GCM, A4, B6), "192.0.2.1", "2001:db8::2");
        assertRefused(SaParameters.beet(0x1000, GCM, A4, B4, A6, B4), "2001:db8::1", "192.0.2.2");
        assertEquals(A6, SaParameters.beet(0x1000, GCM, A4, B4, A6, B6).build().innerSource());
    }

    @Test
    @DisplayName("R11 traffic flow padding is for tunnel mode, where the inner packet has its own length")
    void shouldRefuseTrafficFlowPaddingElsewhere() {
        TrafficFlowPadding padding = TrafficFlowPadding.to(500);
        assertEquals(padding, tunnel().trafficFlowPadding(padding).build().trafficFlowPadding());
        assertRefused(SaParameters.transport(0x1000, GCM, A4, B4).trafficFlowPadding(padding), "tunnel mode");
        assertRefused(SaParameters.beet(0x1000, GCM, A4, B4, A4, B4).trafficFlowPadding(padding), "tunnel mode");
    }

    @Test
    @DisplayName("R43 original addresses before a NAT are for transport mode, and both of one family")
    void shouldRefuseNatOriginalElsewhere() {
        NatOriginal original = new NatOriginal(A4, B4);
        assertRefused(tunnel().natOriginal(original), "transport mode");
        assertThrows(IllegalArgumentException.class, () -> new NatOriginal(A4, B6));
        assertNull(SaParameters.transport(0x1000, GCM, A4, B4).build().natOriginal());
    }

    @Test
    @DisplayName("an SA carried by a socket is in tunnel mode and found by SPI, since the socket keeps the addresses")
    void shouldRefuseSocketsThatLackWhatIsNeeded() {
        assertRefused(SaParameters.transport(0x1000, GCM, A4, B4).carriedBySocket(true), "TRANSPORT");
        assertRefused(tunnel().carriedBySocket(true).match(SadMatch.SPI_DESTINATION), "SPI_DESTINATION");
        assertTrue(tunnel().carriedBySocket(true).build().carriedBySocket());
    }

    @Test
    @DisplayName(
            "a window that several workers can overtake while one holds a burst gives a warning, and a wider one none")
    void shouldWarnOfWindowTooSmallForWorkers() {
        assertEquals(List.of(), tunnel().build().warnings());
        assertEquals(List.of(), tunnel().severalWorkers(true).build().warnings());
        SaBuilder fourOf32 = tunnel().severalWorkers(4, 32);
        assertTrue(fourOf32.build().severalWorkers());
        assertEquals(List.of(), fourOf32.replayWindow(256).build().warnings());
        assertEquals(List.of(), fourOf32.replayWindow(0).build().warnings());
        List<String> warnings = fourOf32.replayWindow(255).build().warnings();
        assertEquals(1, warnings.size());
        for (String word : List.of("window 255", "128 packets in the hands", "256 or more")) {
            assertTrue(warnings.get(0).contains(word), warnings.get(0));
        }
        assertThrows(IllegalArgumentException.class, () -> tunnel().severalWorkers(0, 32));
        assertThrows(IllegalArgumentException.class, () -> tunnel().severalWorkers(4, 0));
        assertThrows(IllegalArgumentException.class, () -> tunnel().severalWorkers(1 << 16, 1 << 16));
    }

    @Test
    void shouldNotFollowItsBuilder() {
        SaBuilder builder = tunnel().esn(true);
        SaParameters parameters = builder.build();
        builder.esn(false).replayWindow(0);
        assertTrue(parameters.esn());
        assertEquals(64, parameters.replayWindow());
    }

    @Test
    void shouldHaveDocumentedDefaults() {
        SaParameters sa = tunnel().build();
        assertEquals(DontFragment.COPY, sa.dontFragment());
        assertEquals(-1, sa.dscp());
        assertEquals(64, sa.hopLimit());
        assertEquals(0, sa.flowLabel());
        assertEquals(PaddingCheck.COUNT, sa.paddingCheck());
        assertEquals(TrafficFlowPadding.NONE, sa.trafficFlowPadding());
        assertEquals(Lifetime.UNLIMITED, sa.lifetime());
        assertEquals(SadMatch.SPI, sa.match());
        assertEquals(ResynchronisationPolicy.DEFAULT, sa.resynchronisation());
        assertEquals("0x1000 TUNNEL aes256gcm16 192.0.2.1 -> 192.0.2.2", sa.toString());
    }
}
