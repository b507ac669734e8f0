package io.esp4j.benchmarks;

import io.esp4j.memory.Memory;
import io.esp4j.policy.Direction;
import io.esp4j.policy.Flow;
import io.esp4j.policy.Policy;
import io.esp4j.policy.PolicyLookup;
import io.esp4j.policy.SecurityPolicyDatabase;
import io.esp4j.policy.Selector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One packet's policy, parsing included: {@code parseAlone} is the floor. Each policy is for one /24 and one port; packets
 * of 1,000 flows match policies all along the list.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PolicyLookupBenchmark {
    private static final int FLOWS = 1_000;
    private static final int PACKETS = 1 << 12;
    private static final int PACKET_OCTETS = 64;

    /** How many policies there are. */
    @Param({"1", "4", "64", "1000", "10000"})
    public int policies;

    private final Flow flow = new Flow();
    private SecurityPolicyDatabase<Integer> database;
    private PolicyLookup<Integer> lookup;
    private List<Selector> selectors;
    private Memory memory;
    private int next;

    /** Makes policies and packets. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        database = new SecurityPolicyDatabase<>();
        List<Policy<Integer>> list = new ArrayList<>();
        selectors = new ArrayList<>();
        for (int i = 0; i < policies; i++) {
            Selector selector = Selector.builder()
                    .destination("10." + (i >> 8) + "." + (i & 0xff) + ".0/24")
                    .protocol("udp")
                    .destinationPorts("4000-4999")
                    .build();
            selectors.add(selector);
            list.add(Policy.protect("policy " + i, i, selector));
        }
        database.update(none -> list);
        lookup = new PolicyLookup<>(database, Direction.OUTBOUND, PolicyLookup.DEFAULT_FLOW_BITS);

        byte[][] flows = new byte[FLOWS][];
        for (int i = 0; i < FLOWS; i++) {
            int policy = random.nextInt(policies);
            flows[i] = ByteBuffer.allocate(PACKET_OCTETS)
                    .putInt(0x4500_0000 | PACKET_OCTETS)
                    .putInt(0)
                    .putInt(0x4011_0000)
                    .putInt(random.nextInt())
                    .putInt(0x0a00_0001 | policy << 8)
                    .putShort((short) random.nextInt())
                    .putShort((short) 4500)
                    .array();
        }
        memory = Memory.of(new byte[PACKETS * PACKET_OCTETS]);
        for (int i = 0; i < PACKETS; i++) {
            memory.write(i * PACKET_OCTETS, flows[random.nextInt(FLOWS)], 0, PACKET_OCTETS);
        }
    }

    /**
     * The floor.
     *
     * @return the destination port
     */
    @Benchmark
    public int parseAlone() {
        return nextFlow().destinationPort();
    }

    /**
     * One selector after the other.
     *
     * @return the selector
     */
    @Benchmark
    public Selector oneByOne() {
        Flow packet = nextFlow();
        for (int i = 0; i < selectors.size(); i++) {
            if (selectors.get(i).matches(packet)) {
                return selectors.get(i);
            }
        }
        return null;
    }

    /**
     * The compiled policies.
     *
     * @return the policy
     */
    @Benchmark
    public Policy<Integer> search() {
        return database.lookup(nextFlow(), Direction.OUTBOUND);
    }

    /**
     * The flow cache in front of them.
     *
     * @return the policy
     */
    @Benchmark
    public Policy<Integer> cached() {
        return lookup.find(nextFlow(), 0);
    }

    private Flow nextFlow() {
        int at = next;
        next = (at + PACKET_OCTETS) & (PACKETS * PACKET_OCTETS - 1);
        if (!flow.parse(memory, at, PACKET_OCTETS)) {
            throw new IllegalStateException("the packet is well-formed");
        }
        return flow;
    }
}
