package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.control.Command;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.driver.AddReply;
import io.esp4j.offload.driver.SaStatistics;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.frame.ReceiveStatus;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.Place;
import io.esp4j.offload.host.Protection;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The agent by itself and through its drivers: commands, metadata, keys of the SAD. */
class ControlPlaneTest {
    private static OffloadSa sa(int number, SaDirection direction, OffloadMode mode) {
        return Lab.sa(number, direction, mode, UnaryOperator.identity());
    }

    private static int outermostType(byte[] frame) {
        return ByteBuffer.wrap(frame).getShort(12) & 0xffff;
    }

    @Test
    @DisplayName("A1 configuration frames and metadata carry tags of their own, and neither tag leaves on the link")
    void shouldStripTags() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        bench.command(Command.ADD_SA, SaCodec.write(bench.owned(sa(0, SaDirection.TRANSMIT, OffloadMode.PACKET))));
        bench.send(Lab.inner(1), frame -> MetadataTag.pushPacket(frame, 1));
        bench.send(Lab.inner(2), MetadataTag::pushBypass);
        bench.send(Lab.inner(3), frame -> {});
        assertEquals(
                List.of(0x0800, 0x0800, 0x0800),
                bench.left().stream().map(f -> outermostType(f)).toList());
        assertEquals(0x88b5, outermostType(bench.toMac().get(0)));
        assertNotEquals(ConfigurationTag.TYPE, MetadataTag.TYPE);

        bench.send(
                Lab.inner(4),
                frame -> { // a tag behind the tag
                    MetadataTag.pushPacket(frame, 1);
                    MetadataTag.pushBypass(frame);
                });
        assertEquals(3, bench.left().size());
        assertEquals(1, bench.counters().value(Counter.TX_DROP_FORGED_TAG));
    }

    @Test
    @DisplayName("A1 a tag that comes in from the link is dropped, whatever it says")
    void shouldDropTagsFromOutside() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        Frame forged = bench.packet(Lab.inner(1));
        MetadataTag.pushReceived(forged, ReceiveStatus.DECRYPTED, OffloadMode.PACKET, 1, 0);
        bench.arrive(forged);
        bench.arrive(bench.configuration(Command.REMOVE_ALL, new byte[0]));
        assertEquals(List.of(), bench.toMac());
        assertEquals(2, bench.counters().value(Counter.RX_DROP_FORGED_TAG));
    }

    @Test
    @DisplayName(
            "A2 Add SA, Remove SA and Remove all SAs of a port are each answered by a reply frame of their transaction")
    void shouldReply() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        byte[] add = SaCodec.write(bench.owned(sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO)));
        AgentBench.Reply added = bench.command(Command.ADD_SA, add);
        assertEquals(CommandStatus.OK, added.status());
        int handle = added.body().getInt();
        assertEquals(1, bench.agent().saCount());
        assertEquals(CommandStatus.EXISTS, bench.command(Command.ADD_SA, add).status());
        byte[] which = ByteBuffer.allocate(4).putInt(handle).array();
        AgentBench.Reply removed = bench.command(Command.REMOVE_SA, which);
        assertEquals(CommandStatus.OK, removed.status());
        assertEquals(1, removed.body().getLong(), "the least next number");
        assertEquals(
                CommandStatus.NOT_FOUND, bench.command(Command.REMOVE_SA, which).status());
        bench.command(Command.ADD_SA, add);
        assertEquals(
                CommandStatus.OK, bench.command(Command.REMOVE_ALL, new byte[0]).status());
        assertEquals(0, bench.agent().saCount());
        assertEquals(
                CommandStatus.INVALID,
                bench.command(Command.ADD_SA, new byte[10]).status());
        assertEquals(
                CommandStatus.INVALID,
                bench.command(Command.REMOVE_SA, new byte[2]).status());
    }

    @Test
    @DisplayName(
            "A3 deviceStateAdd returns what the agent replied; a full SAD fails the call, its count stays, software goes on")
    void shouldFailWhenFull() {
        Lab lab = Lab.with(Parameter.SAD_CAPACITY, 1);
        List<AddReply> replies = new ArrayList<>();
        lab.a.physical().stateAdd(sa(1, SaDirection.TRANSMIT, OffloadMode.CRYPTO), replies::add);
        assertEquals(List.of(), replies, "not before the reply");
        lab.network.run();
        lab.a.physical().stateAdd(sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO), replies::add);
        lab.network.run();
        assertEquals(
                List.of(new AddReply(CommandStatus.OK, 1, 1), new AddReply(CommandStatus.NO_SPACE, 0, 0)), replies);
        assertEquals(1, lab.a.agent().saCount());

        List<HostSa> installed = new ArrayList<>();
        lab.a.host().installAnyhow(sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO), installed::add);
        lab.network.run();
        assertEquals(Place.SOFTWARE, installed.get(0).place());
        assertEquals(1, lab.a.agent().saCount());
        lab.receive(OffloadMode.NONE);
        lab.send(installed.get(0), Lab.inner(1));
        assertArrayEquals(Lab.inner(1), lab.received.get(0).packet());
    }

    @Test
    @DisplayName(
            "A4 with the offload bit the agent encrypts as the metadata says; without it the packet passes as it is")
    void shouldObeyTransmitMetadata() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        bench.command(Command.ADD_SA, SaCodec.write(bench.owned(sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO))));
        byte[] inner = Lab.inner(1);
        byte[] prepared =
                Prepared.tunnel(inner, Lab.SPI, 9, 9); // outer header, SPI, number, IV, inner packet; no trailer
        bench.send(prepared, frame -> MetadataTag.pushCrypto(frame, 4, 20, 36, 1, 9));
        bench.send(prepared, MetadataTag::pushBypass);
        byte[] sealed = bench.left().get(0);
        assertEquals(prepared.length + 14 + 2 + 2 + 16, sealed.length, "padding of 2, trailer, ICV");
        assertEquals(-1, Wire.indexOf(sealed, Packets.payload(1, 100)));
        assertArrayEquals(inner, Prepared.open(Lab.sa(0, SaDirection.RECEIVE, OffloadMode.NONE, b -> b), sealed));
        assertArrayEquals(prepared, Arrays.copyOfRange(bench.left().get(1), 14, 14 + prepared.length));
    }

    @Test
    @DisplayName("A5 receive metadata says whether decryption worked, why not, and which SA it was")
    void shouldMakeReceiveMetadata() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        bench.command(Command.ADD_SA, SaCodec.write(bench.owned(sa(7, SaDirection.RECEIVE, OffloadMode.CRYPTO))));
        bench.command(Command.ADD_SA, SaCodec.write(bench.owned(sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO))));
        byte[] wire = Prepared.seal(sa(0, SaDirection.TRANSMIT, OffloadMode.NONE), Lab.inner(1));
        byte[] damaged = wire.clone();
        damaged[damaged.length - 1] ^= 1;
        bench.toMac().clear();
        bench.arrive(bench.packet(wire));
        bench.arrive(bench.packet(damaged));
        bench.arrive(bench.packet(Lab.inner(2)));
        byte[] opened = bench.toMac().get(0);
        byte[] refused = bench.toMac().get(1);
        assertEquals(0x88b6, outermostType(opened));
        assertEquals(ReceiveStatus.DECRYPTED.ordinal(), opened[15]);
        assertEquals(2, ByteBuffer.wrap(opened).getInt(20), "handle");
        assertTrue(Wire.indexOf(opened, Packets.payload(1, 100)) > 0);
        assertEquals(ReceiveStatus.ICV_MISMATCH.ordinal(), refused[15]);
        assertEquals(2, ByteBuffer.wrap(refused).getInt(20), "handle");
        assertArrayEquals(damaged, Arrays.copyOfRange(refused, 30, refused.length));
        assertEquals(0x0800, outermostType(bench.toMac().get(2)), "no IPsec, no tag");
    }

    @Test
    @DisplayName(
            "A6 with the base key a packet of another domain matches falsely; with the extended key it passes untouched")
    void shouldTellDomainsApart() {
        byte[] foreign = Prepared.seal(
                Lab.sa(9, SaDirection.TRANSMIT, OffloadMode.NONE, Prepared.withSpi(Lab.SPI)), Lab.inner(1));
        SadDomain ours = new SadDomain(AgentBench.LOCAL, SadDomain.vlan(10));
        for (boolean base : new boolean[] {true, false}) {
            AgentBench bench = base ? new AgentBench(Hazard.BASE_KEY) : new AgentBench(Parameter.SAD_CAPACITY, 8);
            OffloadSa sa = sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO).of(ours);
            assertEquals(
                    CommandStatus.OK,
                    bench.command(Command.ADD_SA, SaCodec.write(sa)).status());
            bench.toMac().clear();
            byte[] vlan20 = AgentBench.tagged(foreign, SadDomain.vlan(20));
            bench.arrive(bench.raw(vlan20));
            byte[] passed = bench.toMac().get(0);
            if (base) {
                assertEquals(0x88b6, outermostType(passed));
                assertEquals(ReceiveStatus.ICV_MISMATCH.ordinal(), passed[15], "tried with the other domain's key");
                assertEquals(1, ByteBuffer.wrap(passed).getInt(20));
            } else {
                assertArrayEquals(vlan20, passed);
            }
        }
    }

    @Test
    @DisplayName("A6 the extended key has the local address and the VLANs, and the order of QinQ counts")
    void shouldCountOrderOfQinQ() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        SadDomain ours = new SadDomain(AgentBench.LOCAL, SadDomain.vlans(10, 20));
        bench.command(
                Command.ADD_SA,
                SaCodec.write(sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO).of(ours)));
        SadDomain elsewhere = new SadDomain(MacAddress.local(99), SadDomain.vlans(10, 20));
        OffloadSa twin = Lab.sa(5, SaDirection.RECEIVE, OffloadMode.CRYPTO, Prepared.withSpi(Lab.SPI));
        assertEquals(
                CommandStatus.OK,
                bench.command(Command.ADD_SA, SaCodec.write(twin.of(elsewhere))).status());
        byte[] wire = Prepared.seal(sa(0, SaDirection.TRANSMIT, OffloadMode.NONE), Lab.inner(1));
        bench.toMac().clear();
        bench.arrive(bench.raw(AgentBench.tagged(wire, SadDomain.vlans(20, 10))));
        bench.arrive(bench.raw(AgentBench.tagged(wire, 0)));
        bench.arrive(bench.raw(AgentBench.tagged(wire, SadDomain.vlans(10, 20))));
        assertEquals(0x88a8, outermostType(bench.toMac().get(0)));
        assertEquals(0x0800, outermostType(bench.toMac().get(1)));
        assertEquals(0x88b6, outermostType(bench.toMac().get(2)));
        assertEquals(ReceiveStatus.DECRYPTED.ordinal(), bench.toMac().get(2)[15]);
    }

    @Test
    @DisplayName("A8 one SA or all of a port can be removed; other ports keep theirs")
    void shouldRemoveByPort() {
        Network network = Network.builder(1).build();
        Machine two =
                network.machine("two", io.esp4j.wire.IpAddress.parse(Lab.A), io.esp4j.offload.mac.SwitchMode.VEB, 2);
        List<Integer> handles = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            two.physical(0).stateAdd(sa(number, SaDirection.RECEIVE, OffloadMode.CRYPTO), r -> handles.add(r.handle()));
            two.physical(1).stateAdd(sa(number + 10, SaDirection.RECEIVE, OffloadMode.CRYPTO), r -> {});
        }
        network.run();
        assertEquals(6, two.agent().saCount());
        List<SaStatistics> removed = new ArrayList<>();
        two.physical(0).stateDelete(handles.get(0), removed::add);
        network.run();
        assertEquals(CommandStatus.OK, removed.get(0).status());
        assertEquals(5, two.agent().saCount());
        two.physical(0).removeAll(status -> assertEquals(CommandStatus.OK, status));
        network.run();
        assertEquals(3, two.agent().saCount());
        assertEquals(0, two.physical(0).bookedSas());
        assertEquals(3, two.physical(1).bookedSas());
    }

    @Test
    @DisplayName("A3 an agent holds 100,000 SAs, finds them, and counts each")
    void shouldHoldManySas() {
        int many = 100_000;
        Lab lab = Lab.with(Parameter.SAD_CAPACITY, many);
        int[] ok = {0};
        for (int number = 0; number < many; number++) {
            lab.b
                    .physical()
                    .stateAdd(
                            sa(number, SaDirection.RECEIVE, OffloadMode.CRYPTO), reply -> ok[0] += reply.ok() ? 1 : 0);
            if (number % 500 == 499) {
                lab.network.run();
            }
        }
        lab.network.run();
        assertEquals(many, ok[0]);
        assertEquals(many, lab.b.agent().saCount());
        HostSa last = lab.install(lab.a.host(), sa(many - 1, SaDirection.TRANSMIT, OffloadMode.NONE));
        lab.install(lab.b.host(), sa(many - 1, SaDirection.RECEIVE, OffloadMode.NONE));
        lab.send(last, Lab.inner(1));
        assertEquals(Protection.CRYPTO_OFFLOAD, lab.received.get(0).protection());
        List<AddReply> over = new ArrayList<>();
        lab.b.physical().stateAdd(sa(many, SaDirection.RECEIVE, OffloadMode.CRYPTO), over::add);
        lab.network.run();
        assertFalse(over.get(0).ok());
    }
}
