package io.esp4j.benchmarks;

import io.esp4j.sa.Mode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The two journeys of {@link OwnCostBenchmark}, tunnel mode and direct memory, in a process that has used other modes or
 * packets on the heap before: what the JIT has seen of those makes it compile the same loops in another way.
 */
@Fork(5)
public class CompanyBenchmark extends OwnJourneys {
    private static final int OCTETS = 64;
    private static final int BURSTS_BEFORE = 50_000;

    /** What else the process has carried: {@code none}, {@code modes}, {@code memories} or {@code both}. */
    @Param({"none", "modes", "memories", "both"})
    public String company;

    /** Two gateways, and the traffic of others, which is over when the measurement begins. */
    @Setup
    public void setUp() {
        boolean modes = company.equals("modes") || company.equals("both");
        boolean memories = company.equals("memories") || company.equals("both");
        for (Mode mode : Mode.values()) {
            if (modes || mode == Mode.TUNNEL) {
                keepCompany(mode, true);
                if (memories) {
                    keepCompany(mode, false);
                }
            }
        }
        begin(OCTETS, true);
    }

    private static void keepCompany(Mode mode, boolean direct) {
        try (Traffic out = traffic(mode, OCTETS, direct);
                Traffic in = traffic(mode, OCTETS, direct)) {
            in.seal();
            for (int i = 0; i < BURSTS_BEFORE; i++) {
                out.offerInner();
                out.encapsulate();
                in.decapsulateNext();
            }
        }
    }
}
