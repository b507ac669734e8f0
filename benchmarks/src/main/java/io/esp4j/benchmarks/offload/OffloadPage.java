package io.esp4j.benchmarks.offload;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The measured figures as a page. Stateless. */
final class OffloadPage {
    private static final String COMMAND = "mvn -q -Pcommand,offload -pl benchmarks -am package";

    /** What the talk of 2016 has for "both" against "none". */
    private static final double TALK_NULL = 3.08;

    private static final double TALK_GCM = 1.94;

    private final List<CaseRun> runs;
    private final int rounds;
    private final int repeated;

    OffloadPage(List<CaseRun> runs, int rounds, int repeated) {
        this.runs = runs;
        this.rounds = rounds;
        this.repeated = repeated;
    }

    List<CaseRun> runs() {
        return runs;
    }

    static String name(CaseRun run) {
        return run.variant.isClear() ? "clear" : run.variant.transformName() + ", " + run.variant.providerName();
    }

    CaseRun baseline(CaseRun run) {
        return runs.stream()
                .filter(other -> other.stack == StackCase.NONE && name(other).equals(name(run)))
                .findFirst()
                .orElseThrow();
    }

    /** Throughput against the baseline, within a round each: the ratio of times the other way round. */
    Quartiles ratio(CaseRun run) {
        CaseRun none = baseline(run);
        return Quartiles.of(rounds, i -> none.slowerNanos(i) / run.slowerNanos(i));
    }

    Quartiles gigabits(CaseRun run) {
        return Quartiles.of(rounds, i -> SoftwarePath.SEGMENT * 8 / run.slowerNanos(i));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Both against none with each provider. */
    private String bothAgainstNone(String transform) {
        return runs.stream()
                .filter(run -> run.stack == StackCase.BOTH
                        && run.variant.transformName().equals(transform))
                .map(run -> number("%.2f×", ratio(run).median()) + " (" + run.variant.providerName() + ")")
                .collect(Collectors.joining(", "));
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Software segmentation and coalescing, measured

                Generated; do not edit. One TCP stream from an application to another, through a sending host, a wire in memory and a
                receiving host, with ESP in transport mode between them (ESN, replay window 128). Every octet is really copied, summed, cut,
                sealed, opened, checked and merged; no cost is assumed. All cases put the same packets on the wire, octet for octet
                (`SoftwarePathTest`). This is statement O4 of the offload simulator's list: the cases of an Oracle talk of 2016 on IPsec under
                GSO and GRO.

                """);
        page.append("- Machine: ").append(machine()).append("; one thread\n");
        page.append("- Java: ")
                .append(System.getProperty("java.vm.name") + " " + Runtime.version())
                .append("\n- Date: ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append("\n- Command: `")
                .append(COMMAND)
                .append("`\n- ")
                .append(rounds)
                .append(" rounds, all cases interleaved in each; ")
                .append(repeated)
                .append(" repeated because the machine changed its speed\n");
        page.append(number(
                "- Load of the machine at the end, this thread included: %.1f on average over a minute; above 1 others were at"
                        + " work too\n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        page.append("- Packets of " + SoftwarePath.SEGMENT + " octets of TCP payload; super-packets of "
                + SoftwarePath.SEGMENTS + " of them\n\n");
        page.append("![Throughput of each case against one packet at a time](offload.svg)\n\n");
        page.append(
                "Throughput is that of the slower host, as between two machines. The ratio is the median over rounds of the"
                        + " ratio to `none`\nwithin the round, with quartiles.\n\n");
        page.append("| transform | provider | case | send ns/packet | receive ns/packet | Gbit/s | ratio to none"
                + " | quartiles | B/packet allocated |\n|---|---|---|---|---|---|---|---|---|\n");
        for (CaseRun run : runs) {
            row(page, run);
        }
        reasons(page);
        return page.toString();
    }

    private void row(StringBuilder page, CaseRun run) {
        Quartiles ratio = ratio(run);
        page.append("| ")
                .append(String.join(
                        " | ",
                        run.variant.transformName(),
                        run.variant.providerName(),
                        run.stack.label,
                        number("%.0f", Quartiles.of(rounds, run::sendNanos).median()),
                        number("%.0f", Quartiles.of(rounds, run::receiveNanos).median()),
                        number("%.2f", gigabits(run).median()),
                        number("%.2f", ratio.median()),
                        number("%.2f", ratio.lower()) + "–" + number("%.2f", ratio.upper()),
                        number("%.1f", run.octetsAllocated())))
                .append(" |\n");
    }

    private void reasons(StringBuilder page) {
        page.append("\n## Beside the talk\n\n| transform | the talk, both against none | here |\n|---|---|---|\n");
        page.append(number("| ESP-NULL | 2.6 → 8 Gbit/s, %.2f× |", TALK_NULL))
                .append(" " + bothAgainstNone("null-sha256") + " |\n");
        page.append(number("| AES-GCM-256, ICV 16 | 2.17 → 4.2 Gbit/s, %.2f× |", TALK_GCM))
                .append(" " + bothAgainstNone("aes256gcm16") + " |\n");
        page.append("| AES-CCM-128, ICV 8 | – | " + bothAgainstNone("aes128ccm8") + " |\n");
        page.append("| clear | – | " + bothAgainstNone("clear") + " |\n");
        page.append("""

                Why they differ:
                - The talk's baseline pays a kernel's price for each packet: buffers from an allocator, queueing disciplines, netfilter, socket
                  locks, a softirq, acknowledgements. Here a packet's pass through the stack is headers, a checksum, a policy lookup that hits a
                  cache and a copy, without allocation or locks, so there is little for a super-packet to save. `clear` shows how little: its
                  ratio has no crypto in it, and below 1 says that cutting and merging cost more than the passes they save.
                - Software segmentation and coalescing copy each octet once more, into the segment and out of it. A kernel that gathers
                  from pages does not; it copies all the same where ESP needs one contiguous, writable buffer.
                - What is gained with crypto comes from bursts: the engine prepares, seals and opens many packets in one call. `bursts alone`
                  gives the engine the baseline's packets in bursts and leaves the stack as it was. ipsec-mb computes HMAC and CCM of up
                  to 16 packets side by side, and of one packet no faster than of 16: that is most of the gain of NULL and CCM
                  with it, and a baseline that nobody would choose. openssl takes packets one by one whoever calls.
                - ESP-NULL is not free: HMAC-SHA-256 costs more than AES-GCM does with today's instructions, so that the order of the talk's
                  two rows, NULL above GCM, need not come back.
                """);
    }

    private static String machine() {
        String model = System.getProperty("os.arch");
        try {
            model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(model);
        } catch (IOException noSuchFile) {
            return model + ", " + Runtime.getRuntime().availableProcessors() + " processors";
        }
        return model + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name");
    }
}
