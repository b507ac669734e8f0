package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.driver.AddReply;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.HostStack;
import io.esp4j.offload.host.Protection;
import io.esp4j.offload.link.Link;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SpiAllocator;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SPI spaces of several virtual machines, and queues that reorder by DSCP. */
class DomainsAndPrioritiesTest {
    private static final IpAddress GUEST = IpAddress.parse("198.51.100.1");
    private static final int EXPEDITED = 46;

    private static UnaryOperator<SaBuilder> toGuest(int spi) {
        return builder -> SaParameters.tunnel(spi, builder.build().transform(), IpAddress.parse(Lab.A), GUEST);
    }

    /** Two virtual machines of two tenants with one IP address, told apart by their VLANs. */
    private static List<AddReply> installForBoth(Lab lab, int spiOfOne, int spiOfTwo) {
        lab.b.start("one", GUEST, SadDomain.vlan(10), true);
        lab.b.start("two", GUEST, SadDomain.vlan(20), true);
        List<AddReply> replies = new ArrayList<>();
        lab.b
                .virtual("one")
                .stateAdd(Lab.sa(1, SaDirection.RECEIVE, OffloadMode.CRYPTO, toGuest(spiOfOne)), replies::add);
        lab.b
                .virtual("two")
                .stateAdd(Lab.sa(2, SaDirection.RECEIVE, OffloadMode.CRYPTO, toGuest(spiOfTwo)), replies::add);
        lab.network.run();
        return replies;
    }

    @Test
    @DisplayName("W2 an SPI space for each VM: two VMs choose one SPI, which takes the extended key to tell apart")
    void shouldKeepSpacesApart() {
        assertEquals(
                List.of(true, true),
                installForBoth(Lab.plain(), 0x2000, 0x2000).stream()
                        .map(AddReply::ok)
                        .toList());
        assertEquals(
                List.of(true, false),
                installForBoth(Lab.with(Hazard.BASE_KEY), 0x2000, 0x2000).stream()
                        .map(AddReply::ok)
                        .toList());
    }

    @Test
    @DisplayName("W2 one SPI space, with the key exchange on the hypervisor: SPIs differ, and the base key is enough")
    void shouldShareOneSpace() {
        SpiAllocator space = SpiAllocator.builder(new Random(1)).build();
        Set<Integer> spis = new HashSet<>();
        Lab lab = Lab.with(Hazard.BASE_KEY);
        for (int i = 0; i < 1000; i++) {
            assertTrue(spis.add(space.allocate()), "no SPI twice");
        }
        List<Integer> two = spis.stream().limit(2).toList();
        assertEquals(
                List.of(true, true),
                installForBoth(lab, two.get(0), two.get(1)).stream()
                        .map(AddReply::ok)
                        .toList());
    }

    @Test
    @DisplayName("W2 host-terminated: each VM opens what is for its SPI space, although both chose one SPI")
    void shouldTerminateInVm() {
        Lab lab = Lab.plain();
        HostStack one = lab.b.start("one", IpAddress.parse("198.51.100.1"), 0, true);
        HostStack two = lab.b.start("two", IpAddress.parse("198.51.100.2"), 0, true);
        List<List<Delivery>> received = List.of(one.record(), two.record());
        List<HostSa> out = new ArrayList<>();
        for (int vm = 1; vm <= 2; vm++) {
            IpAddress to = IpAddress.parse("198.51.100." + vm);
            UnaryOperator<SaBuilder> same =
                    b -> SaParameters.tunnel(0x2000, b.build().transform(), IpAddress.parse(Lab.A), to);
            out.add(lab.install(lab.a.host(), Lab.sa(vm, SaDirection.TRANSMIT, OffloadMode.NONE, same)));
            lab.install(vm == 1 ? one : two, Lab.sa(vm, SaDirection.RECEIVE, OffloadMode.CRYPTO, same));
        }
        for (int vm = 0; vm < 2; vm++) {
            lab.send(out.get(vm), Lab.inner(vm));
            assertEquals(1, received.get(vm).size());
            assertArrayEquals(Lab.inner(vm), received.get(vm).get(0).packet());
            assertEquals(Protection.CRYPTO_OFFLOAD, received.get(vm).get(0).protection());
        }
    }

    /** Strict priority by the DSCP of the outer header; 900 packets at once, every other one expedited. */
    private static Lab priorities(boolean saForEach, boolean remarked) {
        Lab lab = new Lab(
                Network.builder(1).with(Parameter.TX_RING_FRAMES, 1000).with(Parameter.AGENT_QUEUE_FRAMES, 1000));
        Link link = lab.a.link();
        link.rate(100_000_000);
        int[] count = {0};
        link.prioritise(2, frame -> {
            boolean expedited = dscp(frame) == EXPEDITED;
            count[0]++;
            // A router in front of the queue that remarks every third packet.
            return remarked && count[0] % 3 == 0 ? (expedited ? 1 : 0) : expedited ? 0 : 1;
        });
        HostSa ordinary = install(lab, 0);
        HostSa expedited = saForEach ? install(lab, 1) : ordinary;
        for (int number = 0; number < 900; number++) {
            boolean fast = number % 2 == 0;
            byte[] packet = Packets.withDscp(Lab.inner(number), fast ? EXPEDITED : 0);
            lab.a.host().send(fast ? expedited : ordinary, packet);
        }
        lab.network.run();
        return lab;
    }

    private static HostSa install(Lab lab, int number) {
        OffloadSa receive = Lab.sa(number, SaDirection.RECEIVE, OffloadMode.CRYPTO, UnaryOperator.identity());
        lab.install(lab.b.host(), receive);
        return lab.install(
                lab.a.host(), Lab.sa(number, SaDirection.TRANSMIT, OffloadMode.CRYPTO, UnaryOperator.identity()));
    }

    private static int dscp(Frame frame) {
        return frame.memory().octet(frame.offset() + 15) >>> 2;
    }

    @Test
    @DisplayName(
            "W4 one SA under priority queueing deeper than its window: the slow packets are taken for replays, and dropped")
    void shouldDropSlowPacketsOfOneSa() {
        Lab lab = priorities(false, false);
        assertTrue(
                lab.total(Counter.XFRM_IN_STATE_SEQ_ERROR) > 100,
                () -> "" + lab.total(Counter.XFRM_IN_STATE_SEQ_ERROR));
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName("W4 one SA for each DSCP: none is dropped")
    void shouldDropNoneWithSaForEachDscp() {
        Lab lab = priorities(true, false);
        assertEquals(0, lab.total(Counter.XFRM_IN_STATE_SEQ_ERROR));
        assertEquals(0, lab.total(Counter.LINK_QUEUE_FULL));
        assertEquals(900, lab.received.size());
    }

    @Test
    @DisplayName("W4 remarking on the way defeats one SA for each DSCP")
    void shouldDropAgainWhenRemarked() {
        assertTrue(priorities(true, true).total(Counter.XFRM_IN_STATE_SEQ_ERROR) > 0);
    }
}
