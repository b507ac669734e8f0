package io.esp4j.offload;

import io.esp4j.offload.agent.Agent;
import io.esp4j.offload.agent.AgentSettings;
import io.esp4j.offload.control.Command;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Parameters;
import io.esp4j.offload.simulation.Simulation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** An agent alone, with the test on both sides of it. Threads: single owner thread. */
final class AgentBench {
    static final MacAddress LOCAL = MacAddress.local(1);
    static final MacAddress REMOTE = MacAddress.local(2);

    /** What the agent replied. */
    record Reply(Command command, CommandStatus status, int transaction, ByteBuffer body) {}

    private final Simulation simulation;
    private final Frames frames;
    private final Counters sinks;
    private final Agent agent;
    private final List<byte[]> toMac = new ArrayList<>();
    private final List<byte[]> left = new ArrayList<>();
    private int transaction;

    AgentBench(Parameter parameter, long value) {
        this(Parameters.standard().with(parameter, value), Set.of());
    }

    AgentBench(Hazard hazard) {
        this(Parameters.standard(), Set.of(hazard));
    }

    private AgentBench(Parameters parameters, Set<Hazard> hazards) {
        simulation = new Simulation(1, parameters, hazards);
        frames = new Frames(simulation);
        sinks = simulation.counters("sinks");
        AgentSettings settings = new AgentSettings(Prepared.JDK, transform -> true, simulation.random("iv"));
        agent = new Agent(simulation, frames, "agent", MacAddress.local(3), settings, 1);
        agent.port(0).connect(frame -> take(frame, toMac), frame -> take(frame, left));
    }

    private void take(Frame frame, List<byte[]> to) {
        to.add(frame.octets());
        frame.end(sinks, Counter.MIRRORED);
    }

    Agent agent() {
        return agent;
    }

    Counters counters() {
        return agent.counters();
    }

    /** Whole frames that went to the MAC. */
    List<byte[]> toMac() {
        return toMac;
    }

    /** Whole frames that left on the link. */
    List<byte[]> left() {
        return left;
    }

    OffloadSa owned(OffloadSa sa) {
        return sa.of(SadDomain.of(LOCAL));
    }

    Frame raw(byte[] octets) {
        return frames.make(octets);
    }

    /** A frame to the local address. */
    Frame packet(byte[] ip) {
        return raw(tagged(ip, 0));
    }

    static byte[] tagged(byte[] ip, long vlans) {
        return ethernet(LOCAL, REMOTE, ip, vlans);
    }

    private static byte[] ethernet(MacAddress to, MacAddress from, byte[] ip, long vlans) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 8 + ip.length);
        frame.putShort((short) (to.bits() >>> 32)).putInt((int) to.bits());
        frame.putShort((short) (from.bits() >>> 32)).putInt((int) from.bits());
        if (vlans >>> 32 != 0) {
            frame.putInt((int) (vlans >>> 32));
        }
        if (vlans != 0) {
            frame.putInt((int) vlans);
        }
        frame.putShort((short) (ip[0] >>> 4 == 6 ? 0x86dd : 0x0800)).put(ip);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    Frame configuration(Command command, byte[] body) {
        transaction++;
        return ConfigurationTag.make(frames, MacAddress.local(3), LOCAL, command.ordinal(), 0, transaction, body);
    }

    /** Sends a command through the MAC's side, and waits for its reply. */
    Reply command(Command command, byte[] body) {
        int before = toMac.size();
        agent.port(0).fromMac().accept(configuration(command, body));
        simulation.run();
        byte[] reply = toMac.get(before);
        ByteBuffer fields = ByteBuffer.wrap(reply);
        if ((fields.getShort(12) & 0xffff) != 0x88b5 || fields.getInt(16) != transaction) {
            throw new AssertionError("expected a reply of transaction " + transaction);
        }
        byte[] replyBody = Arrays.copyOfRange(reply, 22, 22 + fields.getShort(20));
        return new Reply(Command.of(reply[14]), CommandStatus.of(reply[15]), transaction, ByteBuffer.wrap(replyBody));
    }

    /** Sends a packet from the MAC's side, with tags that the caller puts on. */
    void send(byte[] ip, Consumer<Frame> tags) {
        Frame frame = raw(ethernet(REMOTE, LOCAL, ip, 0));
        tags.accept(frame);
        agent.port(0).fromMac().accept(frame);
        simulation.run();
    }

    void arrive(Frame frame) {
        agent.port(0).fromLink().accept(frame);
        simulation.run();
    }
}
