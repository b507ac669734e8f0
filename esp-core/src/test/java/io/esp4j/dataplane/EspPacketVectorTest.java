package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.dataplane.EspPacketVectors.Vector;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.sa.UncheckedSa;
import io.esp4j.sad.UncheckedSad;
import io.esp4j.wire.Packets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole ESP packets published by DPDK, OpenDataPlane, Snabb, the GCM draft, RFC 3602 and RFC 7634. */
class EspPacketVectorTest {
    static List<Vector> vectors() {
        return EspPacketVectors.all();
    }

    /** Those whose IV the journey can be made to choose: CBC, and NULL that has none. */
    static List<Vector> sealable() {
        return vectors().stream()
                .filter(vector -> vector.transform().cipher() == Cipher.AES_CBC
                        || vector.transform().cipher() == Cipher.NULL)
                .filter(vector -> vector.has("inner"))
                .toList();
    }

    static List<Vector> authentic() {
        return vectors().stream().filter(vector -> vector.has("next-header")).toList();
    }

    private static byte[] esp(Vector vector) {
        byte[] esp = vector.octets("esp");
        if (!vector.lacksIcv()) {
            return esp;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(vector.integrityKey(), "HmacSHA256"));
            return Packets.join(esp, Arrays.copyOf(mac.doFinal(esp), 16));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The published packet, or where there is only ESP, that behind an IPv4 header. */
    private static byte[] wire(Vector vector) {
        return vector.has("outer") && !vector.lacksIcv()
                ? Packets.join(vector.octets("outer"), esp(vector))
                : v4().protocol(50).payload(esp(vector)).build();
    }

    private static byte[] inner(Vector vector) {
        if (vector.has("inner") && !(vector.lacksIcv() && !vector.tunnel())) {
            return vector.octets("inner");
        }
        byte[] payload = vector.octets("payload");
        if (vector.has("outer") && !vector.lacksIcv()) {
            byte[] header = vector.octets("outer");
            header[9] = (byte) vector.nextHeader();
            Packets.int16(header, 2, 20 + payload.length);
            Packets.int16(header, 10, 0);
            Packets.int16(header, 10, Packets.checksum(header));
            return Packets.join(header, payload);
        }
        return v4().protocol(vector.nextHeader()).payload(payload).build();
    }

    /** Some have an SPI that is reserved, which the API refuses: for those the checks are passed by. */
    private static void addInbound(Dataplane dataplane, Vector vector) {
        SaBuilder sa = vector.builder().zeroUdpChecksumOverIpv6(true);
        if (vector.hasReservedSpi()) {
            SaParameters parameters = UncheckedSa.of(sa);
            LifetimeMeter meter = new LifetimeMeter(Lifetime.UNLIMITED, 0);
            UncheckedSad.add(dataplane.sad(), new InboundSa(parameters, crypto(vector), meter, null, 0));
        } else {
            dataplane.addInbound(sa.build(), vector.material());
        }
    }

    private static OutboundSa outbound(SaBuilder builder, Vector vector) {
        return new OutboundSa(UncheckedSa.of(builder), crypto(vector), new LifetimeMeter(Lifetime.UNLIMITED, 0));
    }

    private static SaCrypto crypto(Vector vector) {
        return new SaCrypto(Gateways.JDK, vector.transform(), vector.esn(), vector.material(), null);
    }

    @Test
    void shouldHaveAllPackets() {
        assertEquals(65, vectors().size());
    }

    @Test
    @DisplayName("R3 SPIs up to 255 are refused, though peers' tests use them")
    void shouldRefuseReservedSpisOfPeers() {
        List<Vector> reserved =
                vectors().stream().filter(Vector::hasReservedSpi).toList();
        assertFalse(reserved.isEmpty());
        for (Vector vector : reserved) {
            assertThrows(IllegalArgumentException.class, () -> vector.builder().build());
        }
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName("R6 R13 R14 R30 R32 R33 R34 R36 R37 R40 published packets are opened")
    @MethodSource("vectors")
    void shouldOpenPublishedPacket(Vector vector) {
        try (Dataplane dataplane = Dataplane.builder().provider(Gateways.JDK).build();
                Worker worker = dataplane.newWorker()) {
            addInbound(dataplane, vector);
            for (Bench bench : new Bench[] {Bench.heap(), Bench.direct()}) {
                InboundOutcome outcome = bench.decapsulate(worker, wire(vector));
                if (bench.memory instanceof HeapMemory) {
                    assertEquals(InboundOutcome.valueOf(vector.outcome()), outcome);
                    assertEquals(vector.sequence(), bench.burst.sequence(0));
                    if (outcome == InboundOutcome.ACCEPTED) {
                        assertArrayEquals(inner(vector), bench.packet());
                        assertEquals(vector.nextHeader(), bench.burst.nextHeader(0));
                    }
                } else {
                    InboundOutcome again = vector.outcome().equals("ICV_MISMATCH")
                            ? InboundOutcome.ICV_MISMATCH
                            : InboundOutcome.REPLAYED;
                    assertEquals(again, outcome);
                }
            }
        }
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName("R8 R13 R14 R16 R36 R37 published packets are made bit for bit, the IV given")
    @MethodSource("sealable")
    void shouldMakePublishedPacket(Vector vector) {
        byte[] iv = vector.octets("iv");
        Dataplane.Builder settings = Dataplane.builder().provider(Gateways.JDK).random(new Repeated(iv));
        try (Dataplane dataplane = settings.build();
                Worker worker = dataplane.newWorker()) {
            SaBuilder builder = vector.builder();
            if (vector.inUdp()) {
                builder.udpEncapsulation(new UdpEncapsulation(4500, 4500));
            }
            OutboundSa sa = outbound(builder, vector);
            Bench bench = Bench.heap();

            assertEquals(OutboundOutcome.ENCAPSULATED, bench.encapsulate(worker, sa, vector.octets("inner")));

            byte[] wire = bench.packet();
            byte[] esp = esp(vector);
            assertArrayEquals(esp, Packets.slice(wire, wire.length - esp.length, wire.length));
            boolean checksumOverIpv6 = vector.inUdp() && wire[0] == 0x60; // published with 0, which is not sent here
            if (!vector.tunnel() && !checksumOverIpv6 && !vector.lacksIcv()) {
                assertArrayEquals(Packets.join(vector.octets("outer"), esp), wire);
            }
        }
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName(
            "R6 R16 R30 R32 R33 R34 R36 R37 published packets are sealed bit for bit by the session that the journey uses")
    @MethodSource("authentic")
    void shouldSealPublishedPacket(Vector vector) {
        byte[] expected = esp(vector);
        byte[] text = vector.text();
        int textAt = 8 + vector.transform().ivOctets();
        for (Memory memory : new Memory[] {Memory.of(new byte[400]), Memory.allocateDirect(400)}) {
            memory.write(5, expected, 0, textAt);
            memory.write(5 + textAt, text, 0, text.length);
            CryptoBurst burst = new CryptoBurst(1);
            burst.reset(memory);
            burst.add(5, expected.length, vector.sequence());
            try (CryptoKey key = Gateways.JDK.expand(vector.transform(), vector.esn(), vector.material());
                    CryptoContext context = Gateways.JDK.newContext();
                    CryptoSession session = context.session(key)) {
                session.seal(burst, 0, 1);
            }
            assertEquals(CryptoBurst.DONE, burst.status(0));
            byte[] sealed = new byte[expected.length];
            memory.read(5, sealed, 0, sealed.length);
            assertArrayEquals(expected, sealed);
        }
    }

    /** The oracle of the other tests must itself make what others have published. */
    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName("R30 R32 R33 R34 R36 R37 published packets are what the oracle makes")
    @MethodSource("authentic")
    void shouldAgreeWithOracle(Vector vector) {
        EspOracle oracle =
                new EspOracle(vector.transform().name(), vector.esn(), vector.octets("key"), vector.integrityKey());
        byte[] esp = esp(vector);
        byte[] made = oracle.seal(Packets.int32(esp, 0), vector.sequence(), vector.octets("iv"), vector.text());
        assertArrayEquals(esp, made);
        assertArrayEquals(vector.text(), oracle.open(esp, vector.sequence()));
    }

    /** A generator that gives the same octets again and again. */
    private static final class Repeated implements RandomGenerator {
        private final byte[] octets;

        Repeated(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public void nextBytes(byte[] drawn) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = octets.length == 0 ? 0 : octets[i % octets.length];
            }
        }

        @Override
        public long nextLong() {
            throw new AssertionError("an IV is drawn octet by octet");
        }
    }
}
