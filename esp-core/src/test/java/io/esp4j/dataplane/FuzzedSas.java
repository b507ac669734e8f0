package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.policy.Selector;
import io.esp4j.replay.ResynchronisationPolicy;
import io.esp4j.sa.NatOriginal;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** SAs of every mode, family and kind of transform, for packets that a fuzzer makes. Stateless. */
final class FuzzedSas {
    static final IpAddress V4_SOURCE = IpAddress.parse("192.0.2.1");
    static final IpAddress V4_DESTINATION = IpAddress.parse("192.0.2.2");
    static final IpAddress V6_SOURCE = IpAddress.parse("2001:db8::1");
    static final IpAddress V6_DESTINATION = IpAddress.parse("2001:db8::2");
    static final int FIRST_SPI = 0x1000;

    private static final Transform NULL = Transform.named("null-sha256");
    private static final UdpEncapsulation UDP = new UdpEncapsulation(4500, 4500);
    private static final NatOriginal BEFORE_NAT =
            new NatOriginal(IpAddress.parse("10.0.0.1"), IpAddress.parse("192.0.2.2"));
    private static final List<String> TRANSFORMS =
            List.of("aes128gcm16", "aes256ccm8", "chacha20poly1305-iiv", "aes192gmac", "aes128-sha384", "null-sha512");

    private FuzzedSas() {}

    /** Without encryption and without a window: a harness can make packets that are authentic, again and again. */
    static List<SaParameters> withoutSecrets() {
        List<SaParameters> sas = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            add(sas, tunnel(sas, NULL, v6).replayWindow(0));
            add(
                    sas,
                    tunnel(sas, NULL, v6)
                            .replayWindow(0)
                            .paddingCheck(PaddingCheck.DROP)
                            .udpEncapsulation(UDP));
            add(sas, transport(sas, NULL, v6).replayWindow(0).paddingCheck(PaddingCheck.IGNORE));
            add(
                    sas,
                    transport(sas, NULL, v6)
                            .replayWindow(0)
                            .udpEncapsulation(UDP)
                            .natOriginal(BEFORE_NAT));
            add(sas, beet(sas, v6, false).replayWindow(0));
            add(sas, beet(sas, v6, true).replayWindow(0).udpEncapsulation(UDP));
        }
        return sas;
    }

    /** With every kind of transform, window and match. */
    static List<SaParameters> withSecrets() {
        List<SaParameters> sas = new ArrayList<>();
        for (String name : TRANSFORMS) {
            Transform transform = Transform.named(name);
            for (boolean v6 : new boolean[] {false, true}) {
                add(
                        sas,
                        tunnel(sas, transform, v6)
                                .esn(true)
                                .sequence(0xffff_ffe0L)
                                .udpEncapsulation(UDP)
                                .resynchronisation(new ResynchronisationPolicy(1, 2, 1_000_000)));
                add(
                        sas,
                        transport(sas, transform, v6)
                                .severalWorkers(true)
                                .match(v6 ? SadMatch.SPI_DESTINATION : SadMatch.SPI_DESTINATION_SOURCE));
            }
        }
        return sas;
    }

    private static void add(List<SaParameters> sas, SaBuilder builder) {
        sas.add(builder.build());
    }

    private static SaBuilder tunnel(List<SaParameters> before, Transform transform, boolean v6) {
        return SaParameters.tunnel(FIRST_SPI + before.size(), transform, source(v6), destination(v6));
    }

    private static SaBuilder transport(List<SaParameters> before, Transform transform, boolean v6) {
        return SaParameters.transport(FIRST_SPI + before.size(), transform, source(v6), destination(v6));
    }

    private static SaBuilder beet(List<SaParameters> before, boolean v6, boolean innerV6) {
        int spi = FIRST_SPI + before.size();
        return SaParameters.beet(spi, NULL, source(v6), destination(v6), source(innerV6), destination(innerV6));
    }

    static KeyingMaterial key(SaParameters sa) {
        Transform transform = sa.transform();
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        Arrays.fill(key, (byte) sa.spi());
        return KeyingMaterial.of(key, integrityKey(sa));
    }

    static byte[] integrityKey(SaParameters sa) {
        byte[] key = new byte[sa.transform().integrityKeyOctets()];
        Arrays.fill(key, (byte) (sa.spi() + 1));
        return key;
    }

    static Dataplane dataplane() {
        return Dataplane.builder().providers(CryptoProviders.load()).build();
    }

    static Dataplane receiving(List<SaParameters> sas) {
        Dataplane dataplane = dataplane();
        Selector web =
                Selector.builder().protocol("tcp").destinationPorts("80-443").build();
        for (SaParameters sa : sas) {
            dataplane.addInbound(sa, key(sa), sa.spi() % 3 == 0 ? web : null);
        }
        return dataplane;
    }

    private static IpAddress source(boolean v6) {
        return v6 ? V6_SOURCE : V4_SOURCE;
    }

    private static IpAddress destination(boolean v6) {
        return v6 ? V6_DESTINATION : V4_DESTINATION;
    }
}
