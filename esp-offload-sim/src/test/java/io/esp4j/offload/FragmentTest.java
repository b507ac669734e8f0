package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.host.FragmentPolicy;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.Ipv4Fragments;
import io.esp4j.offload.host.Place;
import io.esp4j.offload.host.Protection;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.sa.DontFragment;
import io.esp4j.sa.SaBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** W1: a fragmented ESP packet of an SA whose window is in the device. */
class FragmentTest {
    private static final long WRAP = 0x1_0000_0000L;

    private HostSa out;
    private HostSa in;

    private Lab lab(Network.Builder builder, FragmentPolicy policy, UnaryOperator<SaBuilder> change) {
        Lab lab = new Lab(builder);
        lab.b.host().fragments(policy);
        out = lab.transmit(OffloadMode.CRYPTO, sa -> change.apply(sa).dontFragment(DontFragment.CLEAR));
        in = lab.receive(OffloadMode.PACKET, change);
        return lab;
    }

    private Lab lab(FragmentPolicy policy) {
        return lab(Network.builder(1), policy, UnaryOperator.identity());
    }

    /** Sends the frame that left as number {@code index} once more, cut by a router on the way, or whole. */
    private static void again(Lab lab, int index, boolean cut) {
        Frame frame = lab.network.frames().make(lab.wire.esp().get(index).frame());
        if (cut) {
            new Ipv4Fragments(
                            lab.network.simulation(),
                            lab.network.frames(),
                            lab.a.host().counters())
                    .cut(frame, frame.offset() + 14, 100, lab.a.link());
        } else {
            lab.a.link().accept(frame);
        }
        lab.network.run();
    }

    /** Sends a packet whose ESP packet is lost whole and arrives in fragments. */
    private void sendCut(Lab lab, int number) {
        int before = lab.wire.esp().size();
        lab.a.link().impair(frame -> 0);
        lab.send(out, Lab.inner(number));
        lab.a.link().impair(frame -> 1);
        again(lab, before, true);
    }

    @Test
    @DisplayName("W1 policy drop: the fragmented packet is dropped, the SA stays in the device")
    void shouldDrop() {
        Lab lab = lab(FragmentPolicy.DROP);
        lab.send(out, Lab.inner(1));
        sendCut(lab, 2);
        lab.send(out, Lab.inner(3));
        assertEquals(2, lab.received.size());
        assertEquals(1, lab.total(Counter.RX_DROP_FRAGMENT));
        assertEquals(Place.PACKET_OFFLOAD, in.place());
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName("W1 policy whole SA to software: each transition is counted, and any fragment can trigger it")
    void shouldMoveWholeSa() {
        Lab lab = lab(FragmentPolicy.SA_TO_SOFTWARE);
        for (int number = 1; number <= 3; number++) {
            lab.send(out, Lab.inner(number));
        }
        assertEquals(1, lab.b.agent().saCount());
        again(lab, 0, true); // an attacker who has seen one packet: old, cut
        assertEquals(1, lab.total(Counter.SA_TO_SOFTWARE));
        assertEquals(Place.SOFTWARE, in.place());
        assertEquals(0, lab.b.agent().saCount());
        lab.send(out, Lab.inner(4));
        sendCut(lab, 5);
        assertEquals(5, lab.received.size());
        assertEquals(Protection.SOFTWARE, lab.received.get(4).protection());
        for (int index = 0; index < 5; index++) { // what the device had accepted, software does not accept again
            again(lab, index, false);
        }
        assertEquals(5, lab.received.size());
        assertEquals(1, lab.total(Counter.SA_TO_SOFTWARE), "once");
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName("W1 policy this packet to software: with the device's window it is accepted once, whole or cut")
    void shouldShareWindow() {
        Lab lab = lab(FragmentPolicy.THIS_PACKET_TO_SOFTWARE);
        lab.send(out, Lab.inner(1));
        sendCut(lab, 2);
        lab.send(out, Lab.inner(3));
        assertEquals(
                List.of(Protection.PACKET_OFFLOAD, Protection.SOFTWARE, Protection.PACKET_OFFLOAD),
                lab.received.stream().map(Delivery::protection).toList());
        assertArrayEquals(Lab.inner(2), lab.received.get(1).packet());
        again(lab, 0, true); // accepted whole, replayed cut
        again(lab, 1, false); // accepted cut, replayed whole
        again(lab, 1, true);
        assertEquals(3, lab.received.size());
        assertEquals(Place.PACKET_OFFLOAD, in.place());
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName("W1 without sharing the window a duplicate is accepted")
    void shouldAcceptDuplicateWithoutSharing() {
        Lab lab = lab(
                Network.builder(1).with(Hazard.UNSHARED_WINDOW),
                FragmentPolicy.THIS_PACKET_TO_SOFTWARE,
                UnaryOperator.identity());
        lab.send(out, Lab.inner(1));
        again(lab, 0, true);
        assertEquals(2, lab.received.size());
        assertArrayEquals(lab.received.get(0).packet(), lab.received.get(1).packet());
    }

    private void jump(Lab lab, long last) {
        lab.a.host().remove(out, () -> {});
        lab.network.run();
        out = lab.transmit(
                OffloadMode.CRYPTO, builder -> builder.esn(true).sequence(last).dontFragment(DontFragment.CLEAR));
    }

    @Test
    @DisplayName("W1 without sharing the window a genuine packet is falsely refused; with it, it is accepted")
    void shouldRefuseFalselyWithoutSharing() {
        UnaryOperator<SaBuilder> esn = builder -> builder.esn(true).sequence(WRAP - 200);
        for (boolean shared : new boolean[] {false, true}) {
            Network.Builder builder = Network.builder(1);
            Lab lab = lab(
                    shared ? builder : builder.with(Hazard.UNSHARED_WINDOW),
                    FragmentPolicy.THIS_PACKET_TO_SOFTWARE,
                    esn);
            lab.send(out, Lab.inner(1));
            // The device follows the numbers, in two steps of less than 2^32; software's own window has seen none of
            // them.
            jump(lab, WRAP + 5);
            lab.send(out, Lab.inner(2));
            jump(lab, 2 * WRAP - 100);
            lab.send(out, Lab.inner(3));
            assertEquals(3, lab.received.size());
            sendCut(lab, 4);
            assertEquals(shared ? 4 : 3, lab.received.size(), "shared: " + shared);
            assertEquals(shared ? 0 : 1, lab.total(Counter.XFRM_IN_STATE_PROTO_ERROR));
        }
    }
}
