package io.esp4j.tools.packet;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.SecurityAssociation;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaParameters;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.wire.EspTrailer;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers statistics of ESP packets, by SPI. Where there are keys each packet is opened, replays too: without ESN the SAs
 * have no window here, with ESN theirs, from which the high halves are inferred. Threads: single owner thread.
 */
final class Inspection implements AutoCloseable {
    private static final int PACKET_AT = PacketJourney.PACKET_AT;

    private final Dataplane dataplane = Dataplane.create();
    private final Worker worker = dataplane.newWorker();
    private final Burst burst = new Burst(1);
    private final HeapMemory memory = Memory.of(new byte[PACKET_AT + 2 * PacketJourney.MAX_PACKET_OCTETS]);
    private final Map<SecurityAssociation, String> names = new LinkedHashMap<>();
    private final Map<Stream, SpiStatistics> streams = new LinkedHashMap<>();
    private final Map<Verdict, Long> others = new EnumMap<>(Verdict.class);

    /**
     * What statistics are of.
     *
     * @param spi the SPI
     * @param name the SA's name, empty where none is known
     */
    record Stream(int spi, String name) {}

    void add(SaFile file) {
        for (SaEntry entry : file.entries()) {
            SaParameters parameters = entry.builder()
                    .replayWindow(entry.esn() ? entry.replayWindow() : 0)
                    .lifetime(Lifetime.UNLIMITED)
                    .sharedKey(entry.allowSharedKey())
                    .build();
            InboundSa sa = dataplane.addInbound(parameters, entry.material());
            names.put(sa, entry.name());
        }
    }

    /** A record without an IP packet. */
    void other(Verdict verdict) {
        others.merge(verdict, 1L, Long::sum);
    }

    /** An IP packet. */
    void take(byte[] array, int offset, int octets) {
        memory.write(PACKET_AT, array, offset, octets);
        burst.reset(memory);
        burst.add(PACKET_AT, octets);
        int packetOctets = packetOctets(octets);
        worker.decapsulate(burst);
        InboundOutcome outcome = burst.inbound(0);
        SecurityAssociation sa = burst.sa(0);
        if (sa == null && outcome != InboundOutcome.UNKNOWN_SPI) {
            other(Verdict.of(outcome));
            return;
        }
        Stream stream = new Stream(burst.spi(0), names.getOrDefault(sa, ""));
        SpiStatistics statistics = streams.computeIfAbsent(stream, key -> new SpiStatistics());
        statistics.count(packetOctets);
        judge(statistics, outcome, sa != null && sa.parameters().esn());
    }

    private int packetOctets(int octets) {
        if (Ipv4Header.isValid(memory, PACKET_AT, octets)) {
            return Ipv4Header.totalOctets(memory, PACKET_AT);
        }
        return Ipv6Header.isValid(memory, PACKET_AT, octets) ? Ipv6Header.totalOctets(memory, PACKET_AT) : octets;
    }

    private void judge(SpiStatistics statistics, InboundOutcome outcome, boolean extended) {
        switch (outcome) {
            case ICV_MISMATCH -> statistics.countIcvFailure();
            case MALFORMED, NO_UDP_CHECKSUM -> statistics.countMalformed();
            case REPLAYED, TOO_OLD -> statistics.countDuplicate();
            case UNKNOWN_SPI -> statistics.number(burst.sequence(0), false);
            default -> {
                statistics.number(burst.sequence(0), extended);
                if (outcome == InboundOutcome.MALFORMED_PLAINTEXT) {
                    statistics.countMalformed();
                } else if (outcome != InboundOutcome.DUMMY) {
                    measurePadding(statistics);
                }
            }
        }
    }

    /** The trailer lies in the clear behind the inner packet, which was opened in place. */
    private void measurePadding(SpiStatistics statistics) {
        int icvOctets = burst.sa(0).parameters().transform().icvOctets();
        int padLengthAt = burst.espOffset(0) + burst.espLength(0) - icvOctets - EspTrailer.OCTETS;
        long end = EspTrailer.end(memory, padLengthAt);
        statistics.countPadding(EspTrailer.padLength(end), !EspTrailer.isSequential(memory, padLengthAt, end));
    }

    /** {@return statistics of each SPI, in the order of their first packets} */
    Map<Stream, SpiStatistics> streams() {
        return streams;
    }

    /** {@return how many records had no ESP, by what they were} */
    Map<Verdict, Long> others() {
        return others;
    }

    @Override
    public void close() {
        worker.close();
        dataplane.close();
    }
}
