package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.esp4j.memory.Memory;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that packets cause allocates: the same packets again and again, counted by the JVM. */
class AllocationTest {
    private static final int PACKETS = 200;
    private static final int ROUNDS = 100;

    @Test
    void shouldAllocateNothingForPackets() {
        Memory[] packets = new Memory[PACKETS];
        Random random = new Random(5);
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = Memory.of(TestPacket.random(random).octets());
        }
        SecurityPolicyDatabase<FlowAssociations<String>> database = new SecurityPolicyDatabase<>();
        FlowAssociations<String> associations = new FlowAssociations<>(
                Selector.ANY, EnumSet.of(PopulateFromPacket.LOCAL_ADDRESS), 3, "wildcard", Selector::toString);
        Selector web =
                Selector.builder().protocol("tcp").destinationPorts("0-3").build();
        database.update(none -> List.of(Policy.bypass("web", web), Policy.protect("all", associations, Selector.ANY)));
        PolicyLookup<FlowAssociations<String>> lookup = new PolicyLookup<>(database, Direction.OUTBOUND, 4);
        SelectorCheck<String> check = new SelectorCheck<>();
        Flow flow = new Flow();

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        int found = 0;
        long before = 0;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            if (round == ROUNDS) {
                before = threads.getThreadAllocatedBytes(self);
            }
            for (Memory packet : packets) {
                if (flow.parse(packet, 0, packet.length())) {
                    Policy<FlowAssociations<String>> policy = lookup.find(flow, round);
                    found += policy.action() == PolicyAction.PROTECT
                                    && policy.protection().select(flow) != null
                            ? 1
                            : 0;
                    found += check.accepts(flow, web, true, "SA", round) ? 1 : 0;
                    found += database.lookup(flow, Direction.INBOUND).name().isEmpty() ? 1 : 0;
                }
            }
        }
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        assertTrue(found > 0);
        assertEquals(0, allocated / (ROUNDS * PACKETS), allocated + " octets allocated");
    }
}
