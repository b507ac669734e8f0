package io.esp4j.benchmarks.scaling;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.wire.Ipv4Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a process with 1,000 SAs in each direction takes, and whether that grows: one thread sends packets of 64 octets out and in
 * again, an SA after the other. Arguments are the provider, how many packets, and the page to write into.
 */
public final class SoakReport {
    private static final int SAS = 1000;
    private static final int BURST = 32;
    private static final int OCTETS = 64;
    private static final int HEADROOM = 128;
    private static final int SLOT = 256;
    private static final int PARTS = 10;

    private final Dataplane sending;
    private final Dataplane receiving;
    private final Worker sender;
    private final Worker receiver;
    private final OutboundSa[] out = new OutboundSa[SAS];
    private final Memory memory = Memory.allocateDirect(BURST * SLOT);
    private final Burst burst = new Burst(BURST);
    private final int[] offset = new int[BURST];
    private final int[] length = new int[BURST];

    private SoakReport(CryptoProvider provider) {
        sending = Dataplane.builder().provider(provider).build();
        receiving = Dataplane.builder().provider(provider).build();
        sender = sending.newWorker();
        receiver = receiving.newWorker();
        for (int number = 0; number < SAS; number++) {
            out[number] = sending.addOutbound(MillionReport.parameters(number + 1), MillionReport.key(number + 1, 1));
            receiving.addInbound(MillionReport.parameters(number + 1), MillionReport.key(number + 1, 1));
        }
    }

    /**
     * Measures and writes.
     *
     * @param arguments provider, packets, page
     * @throws IOException if the page cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        SoakReport report = new SoakReport(CryptoProviders.load().named(arguments[0]));
        long packets = Long.parseLong(arguments[1]);
        String text = "Measured on " + Page.machine() + "; provider " + arguments[0] + ", AES-128-GCM, packets of "
                + OCTETS + " octets, a heap of "
                + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB at most.\n\n" + report.run(packets);
        System.out.print(text);
        Page.replace(Path.of(arguments[2]), "soak", text);
    }

    private String run(long packets) throws IOException {
        StringBuilder rows = new StringBuilder(
                "| packets, each out and in | resident, MiB | of it heap in use, MiB |\n|---|---|---|\n");
        long done = 0;
        for (int part = 0; part <= PARTS; part++) {
            long until = part == 0 ? 2L * SAS * BURST : packets * part / PARTS;
            int sa = 0;
            while (done < until) {
                forward(out[sa]);
                sa = sa + 1 < SAS ? sa + 1 : 0;
                done += BURST;
            }
            double heap = MillionReport.heapInUse() / 1048576.0;
            double resident = MillionReport.resident() / 1048576.0;
            rows.append(String.format(Locale.ROOT, "| %,d | %.1f | %.1f |%n", done, resident, heap));
        }
        return rows.toString();
    }

    private void forward(OutboundSa sa) {
        burst.reset(memory);
        for (int i = 0; i < BURST; i++) {
            int at = i * SLOT + HEADROOM;
            memory.int64(at, (0x4500_0000L | OCTETS) << 32 | Ipv4Header.DONT_FRAGMENT);
            memory.int32(at + 8, 0x4011_0000);
            memory.int64(at + 12, 0x0a00_0001_0a00_0002L);
            Ipv4Header.writeChecksum(memory, at);
            burst.add(at, OCTETS, i * SLOT, (i + 1) * SLOT);
        }
        sender.encapsulate(burst, sa);
        require(burst.outbound(BURST - 1) == OutboundOutcome.ENCAPSULATED);
        for (int i = 0; i < BURST; i++) {
            offset[i] = burst.offset(i);
            length[i] = burst.length(i);
        }
        burst.reset(memory);
        for (int i = 0; i < BURST; i++) {
            burst.add(offset[i], length[i], i * SLOT, (i + 1) * SLOT);
        }
        receiver.decapsulate(burst);
        require(burst.inbound(BURST - 1) == InboundOutcome.ACCEPTED);
    }

    private static void require(boolean passed) {
        if (!passed) {
            throw new IllegalStateException("a packet was refused");
        }
    }
}
