package io.esp4j.tools.demo;

import io.esp4j.tools.exchange.EspSaExport;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.sa.SecretText;
import io.esp4j.tools.terminal.Progress;
import io.esp4j.tools.terminal.Table;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code esp demo}. Threads: single owner thread, beside those of the gateways. */
@Command(
        name = "demo",
        description = {
            "Send captured packets through an ESP tunnel between two gateways in this process, both ways.",
            "Tunnel mode with ESN and AES-256-GCM, in UDP over loopback; each octet is compared on arrival. demo.pcap gets"
                    + " the ESP packets of one pass over the trace, demo.esp_sa their keys for Wireshark."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every packet came out as it had gone in",
            "1:some packet was lost, refused or changed",
            "2:wrong usage, or no sockets to be had"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String CAPTURE = "demo.pcap";
    private static final String KEYS = "demo.esp_sa";

    private final Terminal terminal;

    @Option(names = "--out", paramLabel = "DIR", description = "Where demo.pcap and demo.esp_sa go; default: here.")
    private Path folder = Path.of("");

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long to go on; 0 is one pass over the trace. Default: ${DEFAULT-VALUE}.")
    private double seconds = 3;

    /**
     * The command.
     *
     * @param terminal where it writes
     */
    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(seconds >= 0 && seconds <= 1e6)) {
            throw new UserError("--seconds: expected 0 to 1000000, found " + seconds);
        }
        createFolder();
        Trace trace = Trace.load();
        try (Loopback sockets = Loopback.open();
                SaFile sas =
                        DemoSas.make(sockets.a().localAddress(), sockets.b().localAddress());
                WireCapture capture = new WireCapture(folder.resolve(CAPTURE))) {
            SaEntry there = sas.entries().get(0);
            SaEntry back = sas.entries().get(1);
            try (Gateway a = new Gateway(sockets.a(), there, back, trace, capture);
                    Gateway b = new Gateway(sockets.b(), back, there, trace, capture)) {
                introduce(trace, sockets, a);
                Exchange exchange = new Exchange(a, b, trace.size(), (long) (seconds * NANOS_PER_SECOND));
                run(exchange, a, b);
                boolean fine = summarize(exchange, a, b);
                writeFiles(capture, there, back);
                return fine ? 0 : 1;
            }
        }
    }

    private void createFolder() {
        try {
            Files.createDirectories(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new UserError(folder + ": expected a directory for " + CAPTURE + " and " + KEYS);
        }
    }

    private void introduce(Trace trace, Loopback sockets, Gateway gateway) throws IOException {
        terminal.out()
                .printf(
                        "Trace: %,d captured packets, %,d of them IPv6, and %d frames that are not IP%n",
                        trace.size(), trace.v6Packets(), trace.notIp());
        terminal.out()
                .printf(
                        "Tunnel: %s to %s, ESP in UDP, ESN, AES-256-GCM by %s, replay window 1024%n%n",
                        text(sockets.a().localAddress()), text(sockets.b().localAddress()), gateway.provider());
        terminal.out().flush();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void run(Exchange exchange, Gateway a, Gateway b) throws IOException, InterruptedException {
        long total = (long) (seconds * 1000);
        try (Progress progress = terminal.progress("demo", total)) {
            exchange.run(nanos -> {
                progress.to(Math.min(total, nanos / 1_000_000));
                progress.say(rates(
                        nanos, a.identicalPackets() + b.identicalPackets(), a.identicalOctets() + b.identicalOctets()));
            });
        }
    }

    private static String rates(long nanos, long packets, long octets) {
        double elapsed = Math.max(nanos, 1);
        return String.format(
                Locale.ROOT,
                "%,.0f packets/s, %.2f Gbit/s",
                packets * NANOS_PER_SECOND / elapsed,
                octets * 8 / elapsed);
    }

    private boolean summarize(Exchange exchange, Gateway a, Gateway b) {
        Table table = new Table("direction", "sent", "received", "accepted", "identical", "lost");
        boolean there = summarize(table, "a-to-b", a, b);
        boolean back = summarize(table, "b-to-a", b, a);
        boolean fine = there && back;
        table.print(terminal.out());
        long packets = a.identicalPackets() + b.identicalPackets();
        long octets = a.identicalOctets() + b.identicalOctets();
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%nBoth ways in %.2f s: %s of inner packets, sealed, sent, received, opened and compared%n",
                        exchange.elapsedNanos() / NANOS_PER_SECOND,
                        rates(exchange.elapsedNanos(), packets, octets));
        terminal.out()
                .println(
                        fine
                                ? "Every packet came out as it had gone in, octet for octet."
                                : "FAILED: packets were lost, refused or changed.");
        return fine;
    }

    private static boolean summarize(Table table, String direction, Gateway sender, Gateway receiver) {
        table.row(
                direction,
                Long.toString(sender.sentPackets()),
                Long.toString(receiver.receivedPackets()),
                Long.toString(receiver.acceptedPackets()),
                Long.toString(receiver.identicalPackets()),
                Long.toString(sender.sentPackets() - receiver.receivedPackets()));
        return receiver.identicalPackets() == sender.sentPackets();
    }

    private void writeFiles(WireCapture capture, SaEntry there, SaEntry back) throws IOException {
        SecretText.write(terminal, EspSaExport.line(there) + EspSaExport.line(back), folder.resolve(KEYS));
        capture.commit();
        terminal.out()
                .printf(
                        "%nWrote %s (%,d ESP packets) and %s (their keys; copy it to ~/.config/wireshark/esp_sa):%n",
                        folder.resolve(CAPTURE), capture.packets(), folder.resolve(KEYS));
        terminal.out().println("  tshark -o esp.enable_encryption_decode:TRUE -r " + folder.resolve(CAPTURE));
        terminal.out().flush();
    }
}
