package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.agent.IvDatabase;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.SendOptions;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Super-packets, their numbers and their nonces. */
class SegmentationTest {
    private static final long LOW_END = 0xffff_ffffL;

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static UnaryOperator<SaBuilder> at(long last, boolean esn) {
        return builder -> builder.esn(esn).sequence(last);
    }

    @Test
    @DisplayName(
            "A11 segmentation replicates the header: without the IV database every segment repeats number and nonce")
    void shouldRepeatNoncesWithoutDatabase() {
        Lab lab = Lab.with(Hazard.NO_IV_DATABASE);
        lab.send(lab.transmit(OffloadMode.CRYPTO), Lab.large(4, 1), Lab.CUT);
        assertEquals(List.of(1L, 1L, 1L, 1L), lab.wire.sequences());
        assertEquals(3, lab.wire.repeatedNonces());
        // Two ciphertexts under one nonce give away the XOR of their plaintexts: here of what both headers have in
        // common.
        byte[] one = lab.wire.esp().get(0).esp();
        byte[] two = lab.wire.esp().get(1).esp();
        assertArrayEquals(Arrays.copyOfRange(one, 16, 20), Arrays.copyOfRange(two, 16, 20));
    }

    @Test
    @DisplayName("A11 with the IV database number and IV are both rewritten, and the receiver accepts every segment")
    void shouldRewriteNumberAndIv() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.receive(OffloadMode.NONE);
        lab.send(out, Lab.large(4, 1), Lab.CUT);
        assertEquals(numbers(1, 4), lab.wire.sequences());
        assertEquals(numbers(1, 4), lab.wire.ivs());
        assertEquals(4, lab.received.size());
        assertEquals(3, lab.a.agent().counters().value(Counter.TX_REWRITTEN));
    }

    @Test
    @DisplayName(
            "A11 the rule: at or above the database a packet keeps its IV, below it takes the database's; over random IVs, by the book")
    void shouldFollowTheRule() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        IvDatabase database = new IvDatabase(true, 100, false);
        BigInteger ivdb = BigInteger.valueOf(100); // the rule once more, in numbers without a size
        for (int i = 0; i < 20_000; i++) {
            long iv = database.next()
                    + random.nextInt(40)
                    - 20
                    + (random.nextInt(50) == 0 ? random.nextLong() >>> 12 : 0);
            BigInteger packet = new BigInteger(Long.toUnsignedString(iv));
            if (ivdb.compareTo(packet) <= 0) {
                ivdb = packet.add(BigInteger.ONE);
            } else {
                packet = ivdb;
                ivdb = ivdb.add(BigInteger.ONE);
            }
            assertEquals(packet.toString(), Long.toUnsignedString(database.assign(iv)), "seed " + seed + " step " + i);
            assertEquals(ivdb.toString(), Long.toUnsignedString(database.next()), "seed " + seed + " step " + i);
        }
    }

    @Test
    @DisplayName(
            "A12 output numbers rise strictly, gaps that the host makes stay, and the ICV is over the number rewritten")
    void shouldRiseAndKeepGaps() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.receive(OffloadMode.NONE);
        lab.send(out, Lab.large(3, 1), Lab.CUT);
        long database = lab.a.agent().position(out.handle());
        lab.send(out, Lab.large(2, 2), Lab.CUT.inSoftware()); // numbers 4 and 5 are not seen by the device
        assertEquals(database, lab.a.agent().position(out.handle()));
        lab.send(out, Lab.large(3, 3), Lab.CUT);
        assertEquals(numbers(1, 8), lab.wire.sequences());
        assertEquals(9, lab.a.agent().position(out.handle()));
        assertEquals(8, lab.received.size(), "all ICVs are right");
        assertEquals(
                List.of(8L),
                lab.wire.sequences().stream().max(Long::compare).stream().toList());
    }

    @Test
    @DisplayName("A12 a host that jumps forward leaves a gap, and the database goes on from there")
    void shouldKeepGap() {
        IvDatabase database = new IvDatabase(true, 1, false);
        assertEquals(1, database.assign(1));
        assertEquals(100, database.assign(100));
        assertEquals(101, database.assign(100));
        assertEquals(102, database.assign(7));
        assertEquals(103, database.next());
    }

    @Test
    @DisplayName("A13 (a) a host that counts 1 for a super-packet and encrypts one packet itself repeats a nonce")
    void shouldRepeatNonceOfMiscountingHost() {
        Lab lab = Lab.with(Hazard.COUNT_SUPER_PACKETS);
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.send(out, Lab.large(4, 1), Lab.CUT);
        lab.send(out, Lab.inner(2), SendOptions.PLAIN.inSoftware());
        assertEquals(List.of(1L, 2L, 3L, 4L, 2L), lab.wire.sequences());
        assertEquals(1, lab.wire.repeatedNonces());
    }

    @Test
    @DisplayName("A13 (a) the cure: a host that counts segments repeats none, however software and device take turns")
    void shouldNotRepeatNonceOfCountingHost() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        for (int number = 1; number <= 5; number++) {
            lab.send(out, Lab.large(4, number), Lab.CUT);
            lab.send(out, Lab.inner(number + 10), SendOptions.PLAIN.inSoftware());
        }
        assertEquals(numbers(1, 25), lab.wire.sequences());
        assertEquals(0, lab.wire.repeatedNonces());
    }

    /** With ESN the IV is the whole number, so that a low half alone does not repeat a nonce. */
    private static Lab miscountAcrossTheWrap(Network.Builder builder) {
        Lab lab = new Lab(builder.with(Hazard.COUNT_SUPER_PACKETS));
        HostSa out = lab.transmit(OffloadMode.CRYPTO, at(LOW_END - 3, true));
        lab.send(out, Lab.large(8, 1), Lab.CUT);
        lab.send(out, Lab.large(4, 2), Lab.CUT);
        return lab;
    }

    @Test
    @DisplayName("A13 (b) a database that compares 32 bits fails at the wrap: numbers start over and nonces repeat")
    void shouldFailAtWrapWithLowHalves() {
        Lab lab = miscountAcrossTheWrap(Network.builder(1).with(Hazard.COMPARE_LOW_HALVES));
        assertTrue(lab.wire.repeatedNonces() > 0, () -> lab.wire.ivs().toString());
    }

    @Test
    @DisplayName("A13 (b) the cure: with ESN the database has 64 bits, and numbers go on beyond 2^32")
    void shouldPassWrapWithWholeNumbers() {
        Lab lab = miscountAcrossTheWrap(Network.builder(1));
        assertEquals(0, lab.wire.repeatedNonces());
        assertEquals(numbers(LOW_END - 2, LOW_END + 9), lab.wire.ivs());
    }

    private static Lab removeAndAddAgain(Network.Builder builder) {
        Lab lab = new Lab(builder);
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.send(out, Lab.large(4, 1), Lab.CUT);
        lab.a.host().remove(out, () -> {});
        lab.network.run();
        assertEquals(0, lab.a.agent().saCount());
        HostSa again = lab.transmit(OffloadMode.CRYPTO);
        lab.send(again, Lab.inner(2));
        lab.send(again, Lab.inner(3));
        return lab;
    }

    @Test
    @DisplayName(
            "A13 (c) a key that is removed and added again repeats nonces if Add SA does not say where its numbers stood")
    void shouldRepeatNoncesOfForgottenNumbers() {
        Lab lab = removeAndAddAgain(Network.builder(1).with(Hazard.FORGET_NUMBERS));
        assertEquals(List.of(1L, 2L, 3L, 4L, 1L, 2L), lab.wire.sequences());
        assertEquals(2, lab.wire.repeatedNonces());
    }

    @Test
    @DisplayName("A13 (c) the cure: the PF keeps the number after Remove, and Add SA carries it")
    void shouldResumeNumbersOfReaddedKey() {
        Lab lab = removeAndAddAgain(Network.builder(1));
        assertEquals(numbers(1, 6), lab.wire.sequences());
        assertEquals(0, lab.wire.repeatedNonces());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A13 (d) an IV at its limit is refused, and the database is as it was")
    void shouldRefuseAtLimit(boolean esn) {
        long limit = esn ? -1L : LOW_END;
        IvDatabase database = new IvDatabase(esn, limit - 2, false);
        assertEquals(IvDatabase.REFUSED, database.assign(limit));
        assertEquals(limit - 2, database.next());
        assertEquals(limit - 2, database.assign(1));
        assertEquals(limit - 1, database.assign(1));
        assertEquals(limit, database.next());
        assertEquals(IvDatabase.REFUSED, database.assign(1));
        assertEquals(limit, database.next());

        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO, at(limit - 2, esn));
        lab.send(out, Lab.inner(1));
        lab.send(out, Lab.inner(2));
        assertEquals(1, lab.wire.esp().size());
        assertEquals(1, lab.total(Counter.TX_DROP_NUMBER_LIMIT));
        assertEquals(limit, lab.a.agent().position(out.handle()));
    }

    @Test
    @DisplayName(
            "L5 a super-packet reserves as many numbers as it has segments, and the agent never rewrites the first one")
    void shouldReserveForSegments() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        var trace = lab.network.simulation().trace().record();
        for (int number = 1; number <= 4; number++) {
            long before = out.position();
            lab.send(out, Lab.large(5, number), Lab.CUT);
            assertEquals(before + 5, out.position());
        }
        assertEquals(numbers(1, 20), lab.wire.sequences());
        List<Long> rewritten = trace.stream()
                .filter(event -> event.step() == io.esp4j.offload.simulation.TraceEvent.Step.REWRITTEN)
                .map(event -> event.sequence())
                .toList();
        assertEquals(16, rewritten.size());
        assertTrue(rewritten.stream().noneMatch(number -> number % 5 == 1), rewritten::toString);
    }

    @Test
    @DisplayName("L5 a super-packet that would cross 2^32 is segmented in software, and its numbers go on")
    void shouldSegmentInSoftwareAcrossWrap() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO, at(LOW_END - 2, true));
        lab.receive(OffloadMode.NONE, at(LOW_END - 2, true));
        lab.send(out, Lab.large(4, 1), Lab.CUT);
        lab.send(out, Lab.large(4, 2), Lab.CUT);
        assertEquals(numbers(LOW_END - 1, LOW_END + 6), lab.wire.ivs());
        assertEquals(1, lab.total(Counter.TX_SOFTWARE_SEGMENTED));
        assertEquals(8, lab.total(Counter.TX_ENCRYPTED), "sealed by the device all the same");
        assertEquals(8, lab.received.size());
    }

    @Test
    @DisplayName("L5 without ESN a wrap of the 32 bits is refused, and the counter is as it was")
    void shouldRefuseWrap() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO, at(LOW_END - 3, false));
        lab.send(out, Lab.large(4, 1), Lab.CUT);
        assertEquals(0, lab.wire.esp().size());
        assertEquals(LOW_END - 3, out.position());
        assertEquals(1, lab.total(Counter.XFRM_OUT_STATE_SEQ_ERROR));
        lab.send(out, Lab.large(2, 2), Lab.CUT);
        assertEquals(numbers(LOW_END - 2, LOW_END - 1), lab.wire.sequences());
    }

    @ParameterizedTest
    @EnumSource(OffloadMode.class)
    @DisplayName("O1 N segments make N ESP packets with N consecutive numbers, none above the MTU, whoever does it")
    void shouldEncryptAfterSegmentation(OffloadMode mode) {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(mode);
        lab.receive(OffloadMode.NONE);
        int segment = 1380; // 1380 + 40 + tunnel overhead of at most 58
        byte[] payload = Packets.payload(1, 20 * segment + 17);
        lab.send(out, Packets.tcp(Lab.INNER_A, Lab.INNER_B, 1, payload), SendOptions.segments(segment));
        assertEquals(numbers(1, 21), lab.wire.sequences());
        assertTrue(lab.wire.esp().stream().allMatch(seen -> seen.packet().length <= 1500));
        byte[] joined = new byte[payload.length];
        int at = 0;
        for (var delivery : lab.received) {
            byte[] packet = delivery.packet();
            System.arraycopy(packet, 40, joined, at, packet.length - 40);
            at += packet.length - 40;
        }
        assertArrayEquals(payload, joined);
        assertEquals(mode == OffloadMode.NONE ? 0 : 21, lab.total(Counter.TX_ENCRYPTED));
    }

    @Test
    @DisplayName("O1 in transport mode too")
    void shouldSegmentInTransportMode() {
        Lab lab = Lab.plain();
        UnaryOperator<SaBuilder> transport = builder -> SaParameters.transport(
                Lab.SPI, builder.build().transform(), IpAddress.parse(Lab.A), IpAddress.parse(Lab.B));
        HostSa out = lab.install(lab.a.host(), Lab.sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO, transport));
        lab.install(lab.b.host(), Lab.sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO, transport));
        byte[] payload = Packets.payload(1, 450);
        lab.send(out, Packets.tcp(Lab.A, Lab.B, 1, payload), Lab.CUT);
        assertEquals(numbers(1, 5), lab.wire.sequences());
        assertEquals(5, lab.received.size());
        byte[] first = Packets.tcp(Lab.A, Lab.B, 1, Arrays.copyOf(payload, 100));
        assertArrayEquals(first, lab.received.get(0).packet());
    }

    @ParameterizedTest
    @EnumSource(OffloadMode.class)
    @DisplayName("O1 over IPv6 too, inside and outside, whoever does it")
    void shouldSegmentIpv6(OffloadMode mode) {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(mode, Lab.overIpv6());
        lab.receive(mode, Lab.overIpv6());
        byte[] payload = Packets.payload(1, 450);
        lab.send(out, Packets.tcp6(Lab.INNER_A6, Lab.INNER_B6, 1, payload), Lab.CUT);
        assertEquals(numbers(1, 5), lab.wire.sequences());
        assertTrue(lab.wire.esp().stream().allMatch(Wire.Seen::isV6));
        assertEquals(5, lab.received.size());
        for (int i = 0; i < 5; i++) {
            byte[] part = Arrays.copyOfRange(payload, 100 * i, Math.min(100 * i + 100, payload.length));
            byte[] expected = Packets.tcp6(Lab.INNER_A6, Lab.INNER_B6, 1 + 100 * i, part);
            assertArrayEquals(expected, lab.received.get(i).packet(), "segment " + i);
        }
        assertEquals(mode == OffloadMode.NONE ? 0 : 5, lab.total(Counter.TX_ENCRYPTED));
        assertEquals(mode == OffloadMode.NONE ? 0 : 5, lab.total(Counter.RX_DECRYPTED));
        lab.assertBookIsClosed();
    }
}
