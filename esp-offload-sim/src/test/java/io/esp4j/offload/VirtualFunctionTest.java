package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.control.Command;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.driver.AddReply;
import io.esp4j.offload.driver.VirtualFunction;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.HostStack;
import io.esp4j.offload.host.Protection;
import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** VFs: their life, what they may forge, and traffic between them. */
class VirtualFunctionTest {
    private static final IpAddress GUEST_1 = IpAddress.parse("198.51.100.1");
    private static final IpAddress GUEST_2 = IpAddress.parse("198.51.100.2");

    private static OffloadSa sa(int number, SaDirection direction) {
        return Lab.sa(number, direction, OffloadMode.CRYPTO, UnaryOperator.identity());
    }

    @Test
    @DisplayName(
            "A7 a VF that vanishes leaves its SAs; at the next VF's request the PF removes each, and answers only then")
    void shouldCleanUpAfterVanishedVf() {
        Lab lab = Lab.with(Parameter.SAD_CAPACITY, 4);
        HostStack first = lab.a.start("vm1", GUEST_1, 0, true);
        for (int number = 0; number < 3; number++) {
            first.install(sa(number, SaDirection.RECEIVE), done -> {});
        }
        lab.network.run();
        assertEquals(3, lab.a.agent().saCount());
        assertEquals(3, lab.a.physical().bookedSas());
        lab.a.virtual("vm1").destroy();
        lab.network.run();
        assertEquals(3, lab.a.agent().saCount(), "the agent knows nothing of VFs");

        lab.a.start("vm2", GUEST_2, 0, true);
        List<TraceEvent> trace = lab.network.simulation().trace().record();
        List<Integer> left = new ArrayList<>();
        VirtualFunction second = lab.a.virtual("vm2");
        second.open(() -> left.add(lab.a.agent().saCount()));
        // Commands are under way: neither has the driver dropped an entry, nor the VF an answer.
        lab.network
                .simulation()
                .runUntil(lab.network.simulation().nowNanos()
                        + lab.network.simulation().value(Parameter.MAILBOX_NANOS)
                        + 100);
        assertEquals(3, lab.a.physical().bookedSas());
        assertEquals(List.of(), left);
        lab.network.run();
        assertEquals(List.of(0), left);
        assertEquals(0, lab.a.physical().bookedSas());
        assertEquals(
                3,
                trace.stream().filter(event -> event.detail().equals("remove")).count());
        assertEquals(3, lab.a.agent().counters().value(Counter.SA_REMOVED));

        List<AddReply> replies = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            second.stateAdd(sa(number, SaDirection.RECEIVE), replies::add);
        }
        lab.network.run();
        assertTrue(replies.stream().allMatch(AddReply::ok), "the room is the next VF's");
    }

    @Test
    @DisplayName("A7 the PF puts a VF's own address into the key, and removes for a VF only what is its own")
    void shouldProxy() {
        Lab lab = Lab.plain();
        HostStack one = lab.a.start("vm1", GUEST_1, 0, true);
        lab.a.start("vm2", GUEST_2, 0, true);
        HostSa installed = one.install(sa(0, SaDirection.RECEIVE), done -> {});
        lab.network.run();
        List<CommandStatus> statuses = new ArrayList<>();
        lab.a.virtual("vm2").stateDelete(installed.handle(), reply -> statuses.add(reply.status()));
        lab.network.run();
        assertEquals(List.of(CommandStatus.NOT_FOUND), statuses);
        assertEquals(1, lab.a.agent().saCount());
        lab.a.virtual("vm1").stateDelete(installed.handle(), reply -> statuses.add(reply.status()));
        lab.network.run();
        assertEquals(0, lab.a.agent().saCount());
    }

    /** What a malicious guest puts on its ring. */
    private static Frame forged(Lab lab, VirtualFunction from, boolean configuration, int handle) {
        MacAddress somebody = lab.b.physical().address();
        if (configuration) {
            return ConfigurationTag.make(
                    lab.network.frames(), somebody, from.address(), Command.REMOVE_ALL.ordinal(), 0, 1, new byte[0]);
        }
        byte[] packet = Packets.udp("198.51.100.1", Lab.B, 1, 100);
        Frame frame = lab.network.frames().make(packet);
        int at = frame.offset() - EthernetHeader.OCTETS;
        frame.memory().int16(frame.offset() - 2, EthernetHeader.IPV4);
        // The victim's address, so that even the extended key matches.
        EthernetHeader.writeAddresses(
                frame.memory(), at, somebody.bits(), lab.a.physical().address().bits());
        frame.view(at, frame.length() + EthernetHeader.OCTETS);
        MetadataTag.pushPacket(frame, handle);
        return frame;
    }

    @Test
    @DisplayName("A9 tags forged by an untrusted VF have no effect behind the port tag")
    void shouldHideForgedTags() {
        Lab lab = Lab.plain();
        HostSa victim = lab.transmit(OffloadMode.PACKET);
        lab.a.start("vm1", GUEST_1, 0, false);
        VirtualFunction evil = lab.a.virtual("vm1");
        evil.transmit(forged(lab, evil, true, 0));
        evil.transmit(forged(lab, evil, false, victim.handle()));
        lab.network.run();
        assertEquals(1, lab.a.agent().saCount());
        assertEquals(0, lab.a.agent().counters().value(Counter.TX_ENCRYPTED));
        assertEquals(2, lab.a.agent().counters().value(Counter.TX_DROP_FORGED_TAG));
        assertEquals(0, lab.wire.all().size(), "no tag leaves");
        List<AddReply> replies = new ArrayList<>();
        evil.stateAdd(sa(3, SaDirection.RECEIVE), replies::add);
        lab.network.run();
        assertEquals(CommandStatus.NOT_SUPPORTED, replies.get(0).status());
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName(
            "A9 positive control: without the port tag the forged command removes all SAs, forged metadata uses another's SA")
    void shouldSucceedWithoutPortTag() {
        Lab lab = Lab.with(Hazard.NO_PORT_TAG);
        HostSa victim = lab.transmit(OffloadMode.PACKET);
        lab.a.start("vm1", GUEST_1, 0, false);
        VirtualFunction evil = lab.a.virtual("vm1");
        evil.transmit(forged(lab, evil, false, victim.handle()));
        lab.network.run();
        assertEquals(1, lab.a.agent().counters().value(Counter.TX_ENCRYPTED), "under the victim's key");
        assertEquals(1, lab.wire.esp().size());
        evil.transmit(forged(lab, evil, true, 0));
        lab.network.run();
        assertEquals(0, lab.a.agent().saCount());
    }

    @Test
    @DisplayName("A9 an untrusted VF sends ordinary packets through the port tag as they are")
    void shouldCarryUntrustedTraffic() {
        Lab lab = Lab.plain();
        HostStack guest = lab.a.start("vm1", GUEST_1, 0, false);
        byte[] packet = Packets.udp("198.51.100.1", Lab.B, 1, 100);
        guest.send(packet);
        lab.network.run();
        assertArrayEquals(packet, lab.received.get(0).packet());
        assertArrayEquals(packet, lab.wire.all().get(0).packet());
    }

    @ParameterizedTest
    @EnumSource(SwitchMode.class)
    @DisplayName("A10 local traffic misses the agent behind a VEB; with a VEPA it turns round after the offload")
    void shouldOffloadLocalTrafficWithVepa(SwitchMode mode) {
        Network network = Network.builder(1).build();
        Machine machine = network.machine("m", IpAddress.parse(Lab.A), mode, 1);
        Machine far = network.machine("far", IpAddress.parse("192.0.2.9"));
        network.connect(machine, far);
        Wire wire = Wire.of(machine.link());
        HostStack one = machine.start("vm1", GUEST_1, 0, true);
        HostStack two = machine.start("vm2", GUEST_2, 0, true);
        machine.virtual("vm1").open(() -> {});
        machine.virtual("vm2").open(() -> {});
        network.run();
        UnaryOperator<io.esp4j.sa.SaBuilder> between = builder ->
                io.esp4j.sa.SaParameters.tunnel(Lab.SPI, builder.build().transform(), GUEST_1, GUEST_2);
        HostSa out = one.install(Lab.sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO, between), done -> {});
        two.install(Lab.sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO, between), done -> {});
        network.run();
        assertEquals(2, machine.agent().saCount());
        List<Delivery> received = two.record();
        one.send(out, Lab.inner(1));
        network.run();
        assertArrayEquals(Lab.inner(1), received.get(0).packet());
        boolean vepa = mode == SwitchMode.VEPA;
        assertEquals(
                vepa ? Protection.CRYPTO_OFFLOAD : Protection.SOFTWARE,
                received.get(0).protection());
        assertEquals(vepa ? 1 : 0, machine.agent().counters().value(Counter.TX_ENCRYPTED));
        assertEquals(vepa ? 1 : 0, machine.agent().counters().value(Counter.RX_DECRYPTED));
        assertEquals(vepa ? 0 : 1, one.counters().value(Counter.TX_FALLBACK));
        assertEquals(0, wire.all().size(), "local traffic does not leave");
    }

    @Test
    @DisplayName("A10 a VEPA without the table of local addresses sends local traffic out on the link")
    void shouldNeedTheTable() {
        Network network = Network.builder(1).build();
        Machine machine = network.machine("m", IpAddress.parse(Lab.A), SwitchMode.VEPA, 1);
        network.tap(machine, 0);
        Wire wire = Wire.of(machine.link());
        HostStack one = machine.start("vm1", GUEST_1, 0, true);
        HostStack two = machine.start("vm2", GUEST_2, 0, true);
        List<Delivery> received = two.record();
        one.send(Packets.udp("198.51.100.1", "198.51.100.2", 1, 100));
        network.run();
        assertEquals(1, wire.all().size());
        machine.physical().announceLocalAddresses();
        network.run();
        one.send(Packets.udp("198.51.100.1", "198.51.100.2", 2, 100));
        network.run();
        assertEquals(1, wire.all().size());
        assertEquals(1, received.size());
    }
}
