package io.esp4j.benchmarks.scaling;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a process with 1,000 SAs in each direction takes, and whether that grows: one thread sends packets of 64 octets out and in
 * again, an SA after the other. Arguments are the provider, how many packets, and the page to write into.
 */
public final class SoakReport {
    private static final int SAS = 1000;
    private static final int PARTS = 10;

    private final Dataplane sending;
    private final Dataplane receiving;
    private final Worker sender;
    private final Worker receiver;
    private final OutboundSa[] out = new OutboundSa[SAS];
    private final RoundTrip trip = new RoundTrip();

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
                + RoundTrip.OCTETS + " octets, a heap of "
                + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB at most.\n\n" + report.run(packets);
        System.out.print(text);
        Page.replace(Path.of(arguments[2]), "soak", text);
    }

    private String run(long packets) throws IOException {
        StringBuilder rows = new StringBuilder(
                "| packets, each out and in | resident, MiB | of it heap in use, MiB |\n|---|---|---|\n");
        long done = 0;
        for (int part = 0; part <= PARTS; part++) {
            long until = part == 0 ? 2L * SAS * RoundTrip.PACKETS : packets * part / PARTS;
            int sa = 0;
            while (done < until) {
                trip.run(sender, out[sa], receiver);
                sa = sa + 1 < SAS ? sa + 1 : 0;
                done += RoundTrip.PACKETS;
            }
            double heap = MillionReport.heapInUse() / 1048576.0;
            double resident = MillionReport.resident() / 1048576.0;
            rows.append(String.format(Locale.ROOT, "| %,d | %.1f | %.1f |%n", done, resident, heap));
        }
        return rows.toString();
    }
}
