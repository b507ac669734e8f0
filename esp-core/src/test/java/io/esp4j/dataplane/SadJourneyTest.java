package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which SA a packet on the wire finds. */
class SadJourneyTest {
    private static final byte[] INNER = v4().build();

    private final Dataplane dataplane =
            Dataplane.builder().provider(Gateways.JDK).build();
    private final Worker worker = dataplane.newWorker();
    private final Bench bench = Bench.heap();

    @AfterEach
    void close() {
        worker.close();
        dataplane.close();
    }

    private InboundSa add(SaBuilder builder, long seed) {
        return dataplane.addInbound(builder.build(), Keys.of(Sas.GCM, seed).material());
    }

    private static SaBuilder between(String source, String destination, SadMatch match) {
        return SaParameters.tunnel(Sas.SPI, Sas.GCM, IpAddress.parse(source), IpAddress.parse(destination))
                .match(match);
    }

    private static byte[] esp(long seed, long number) {
        EspOracle oracle = Keys.of(Sas.GCM, seed).oracle(false);
        return oracle.seal(Sas.SPI, number, new byte[8], oracle.text(INNER, 4));
    }

    private static byte[] packet(String source, String destination, byte[] esp) {
        return source.contains(":")
                ? v6().addresses(source, destination).protocol(50).payload(esp).build()
                : v4().addresses(source, destination).protocol(50).payload(esp).build();
    }

    private void assertFinds(InboundSa expected, long seed, long number, String source, String destination) {
        InboundOutcome outcome = bench.decapsulate(worker, packet(source, destination, esp(seed, number)));
        assertEquals(InboundOutcome.ACCEPTED, outcome, source + " -> " + destination);
        assertSame(expected, bench.burst.sa(0));
        assertArrayEquals(INNER, bench.packet());
    }

    @Test
    @DisplayName("R1 a unicast SA is found by its SPI, whatever the addresses, over both families and in UDP")
    void shouldFindBySpiAlone() {
        InboundSa sa = add(between("192.0.2.1", "192.0.2.2", SadMatch.SPI), 1);
        assertFinds(sa, 1, 1, "192.0.2.1", "192.0.2.2");
        assertFinds(sa, 1, 2, "203.0.113.1", "198.51.100.1");
        assertFinds(sa, 1, 3, "2001:db8::1", "2001:db8::2");
    }

    @Test
    @DisplayName("R2 the longest match wins: {SPI, dst, src}, then {SPI, dst}, then {SPI}, over both families")
    void shouldFindByLongestMatch() {
        InboundSa bySpi = add(between("192.0.2.1", "192.0.2.2", SadMatch.SPI), 1);
        InboundSa byDestination = add(between("192.0.2.1", "232.0.0.1", SadMatch.SPI_DESTINATION), 2);
        InboundSa bySource = add(between("192.0.2.1", "232.0.0.1", SadMatch.SPI_DESTINATION_SOURCE), 3);
        InboundSa byDestination6 = add(between("2001:db8::1", "ff3e::1", SadMatch.SPI_DESTINATION), 4);
        InboundSa bySource6 = add(between("2001:db8::1", "ff3e::1", SadMatch.SPI_DESTINATION_SOURCE), 5);
        assertFinds(bySource, 3, 1, "192.0.2.1", "232.0.0.1");
        assertFinds(byDestination, 2, 1, "192.0.2.9", "232.0.0.1");
        assertFinds(bySpi, 1, 1, "192.0.2.1", "232.0.0.2");
        assertFinds(bySource6, 5, 1, "2001:db8::1", "ff3e::1");
        assertFinds(byDestination6, 4, 1, "2001:db8::3", "ff3e::1");
        assertFinds(bySpi, 1, 2, "2001:db8::1", "ff3e::2");
    }

    @Test
    @DisplayName("R2 R19 an entry that asks for addresses is not found by others: no match, discarded")
    void shouldNotFindByOtherAddresses() {
        add(between("192.0.2.1", "192.0.2.2", SadMatch.SPI_DESTINATION_SOURCE), 1);
        byte[] packet = packet("192.0.2.3", "192.0.2.2", esp(1, 1));
        assertEquals(InboundOutcome.UNKNOWN_SPI, bench.decapsulate(worker, packet));
        assertNull(bench.burst.sa(0));
        assertArrayEquals(packet, bench.packet());
        byte[] payload = esp(1, 1);
        assertEquals(InboundOutcome.UNKNOWN_SPI, bench.decapsulate(worker, payload, 0, Framing.UDP_PAYLOAD, 0));
    }

    @Test
    @DisplayName("R1 the domain that a packet came from is part of the key")
    void shouldFindInItsDomainOnly() {
        InboundSa red = add(between("192.0.2.1", "192.0.2.2", SadMatch.SPI).domain(1), 1);
        InboundSa blue = add(between("192.0.2.1", "192.0.2.2", SadMatch.SPI).domain(-2), 2);
        byte[] packet = packet("192.0.2.1", "192.0.2.2", esp(2, 1));
        assertEquals(InboundOutcome.UNKNOWN_SPI, bench.decapsulate(worker, packet));
        assertEquals(InboundOutcome.ICV_MISMATCH, bench.decapsulate(worker, packet, 0, Framing.IP, 1));
        assertSame(red, bench.burst.sa(0));
        assertEquals(InboundOutcome.ACCEPTED, bench.decapsulate(worker, packet, 0, Framing.IP, -2));
        assertSame(blue, bench.burst.sa(0));
    }

    @Test
    @DisplayName("R3 an SPI of 0 to 255 on the wire finds no SA")
    void shouldFindNothingForReservedSpis() {
        add(between("192.0.2.1", "192.0.2.2", SadMatch.SPI), 1);
        for (int spi = 0; spi < 256; spi++) {
            byte[] esp = Keys.of(Sas.GCM, 1).oracle(false).seal(spi, 1, new byte[8], new byte[40]);
            assertEquals(InboundOutcome.UNKNOWN_SPI, bench.decapsulate(worker, packet("192.0.2.1", "192.0.2.2", esp)));
        }
    }

    @Test
    void shouldRefuseSecondSaWithSameKeyOfDatabaseAndForgetItsKeys() {
        add(between("192.0.2.1", "192.0.2.2", SadMatch.SPI), 1);
        SaParameters same = between("192.0.2.5", "192.0.2.6", SadMatch.SPI).build();
        assertThrows(
                IllegalStateException.class,
                () -> dataplane.addInbound(same, Keys.of(Sas.GCM, 2).material()));
        // The key of the refused one is free again.
        add(between("192.0.2.5", "192.0.2.6", SadMatch.SPI_DESTINATION), 2);
        assertEquals(2, dataplane.sad().size());
    }
}
