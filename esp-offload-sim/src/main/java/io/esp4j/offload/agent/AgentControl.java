package io.esp4j.offload.agent;

import io.esp4j.offload.control.Command;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.TraceEvent.Step;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries out the commands that come through one port, one after the other, and answers each to whoever sent it. Notices go to
 * the sender of the last command: the PF's driver. Threads: single owner thread.
 */
final class AgentControl {
    private static final byte[] NOTHING = {};
    /** What fits into a frame's body. */
    private static final int MAX_POSITIONS = 5000;

    private final Agent agent;
    private final int port;
    private final ReceivePath receive;
    private final TransmitPath transmit;
    private final long commandNanos;
    private long busyUntil;
    private MacAddress driver = MacAddress.BROADCAST;

    AgentControl(Agent agent, int port, ReceivePath receive, TransmitPath transmit) {
        this.agent = agent;
        this.port = port;
        this.receive = receive;
        this.transmit = transmit;
        commandNanos = agent.simulation.value(Parameter.AGENT_COMMAND_NANOS);
    }

    void accept(Frame frame) {
        busyUntil = Math.max(agent.simulation.nowNanos(), busyUntil) + commandNanos;
        frame.passTo(agent.simulation, busyUntil, this::execute);
    }

    private void execute(Frame frame) {
        if (agent.isDown()) {
            frame.end(agent.counters, Counter.TX_DEVICE_DOWN);
            return;
        }
        Command command = ConfigurationTag.isWhole(frame) ? Command.of(ConfigurationTag.command(frame)) : null;
        if (command == null) {
            frame.end(agent.counters, Counter.TX_DROP_FORGED_TAG);
            return;
        }
        driver = new MacAddress(EthernetHeader.source(frame.memory(), frame.offset()));
        int transaction = ConfigurationTag.transaction(frame);
        byte[] body = ConfigurationTag.body(frame);
        frame.end(agent.counters, Counter.CONTROL);
        try {
            execute(command, transaction, body);
        } catch (BufferUnderflowException e) {
            reply(command, transaction, CommandStatus.INVALID, NOTHING);
        }
    }

    private void execute(Command command, int transaction, byte[] octets) {
        ByteBuffer body = ByteBuffer.wrap(octets);
        switch (command) {
            case ADD_SA -> add(transaction, octets);
            case REMOVE_SA -> remove(transaction, body);
            case REMOVE_ALL -> removeAll(transaction);
            case LOCAL_ADDRESSES -> localAddresses(transaction, body);
            case READ_SA -> read(transaction, body);
            case ADVANCE_ESN, RESYNC_ANSWER -> advance(command, transaction, body);
            case RESET -> {
                reply(command, transaction, CommandStatus.OK, NOTHING);
                agent.reset();
            }
            case RESYNC_REQUEST, DEVICE -> reply(command, transaction, CommandStatus.INVALID, NOTHING);
        }
    }

    private void add(int transaction, byte[] body) {
        OffloadSa requested;
        try {
            requested = SaCodec.read(body);
        } catch (IllegalArgumentException e) {
            reply(Command.ADD_SA, transaction, CommandStatus.INVALID, NOTHING);
            return;
        }
        CommandStatus status = agent.sad.check(requested);
        AgentSa sa = status == CommandStatus.OK ? agent.sad.add(requested, port) : null;
        if (status == CommandStatus.OK && sa == null) {
            status = CommandStatus.EXISTS;
        }
        agent.counters.count(sa == null ? Counter.SA_REFUSED : Counter.SA_ADDED);
        agent.tell(Step.COMMANDED, 0, requested.parameters().spi(), 0, "add " + requested.direction() + ": " + status);
        byte[] answer = sa == null ? NOTHING : positions(List.of(sa));
        reply(Command.ADD_SA, transaction, status, answer);
    }

    private AgentSa find(int handle) {
        AgentSa sa = agent.sad.byHandle(handle);
        return sa == null || sa.port != port ? null : sa;
    }

    private void remove(int transaction, ByteBuffer body) {
        AgentSa sa = find(body.getInt());
        if (sa == null) {
            reply(Command.REMOVE_SA, transaction, CommandStatus.NOT_FOUND, NOTHING);
            return;
        }
        long position = sa.position();
        agent.sad.remove(sa);
        agent.counters.count(Counter.SA_REMOVED);
        agent.tell(Step.COMMANDED, 0, sa.spi(), position, "remove");
        reply(
                Command.REMOVE_SA,
                transaction,
                CommandStatus.OK,
                ByteBuffer.allocate(8).putLong(position).array());
    }

    private void removeAll(int transaction) {
        List<AgentSa> all = agent.sad.ofPort(port);
        if (all.size() > MAX_POSITIONS) { // the driver asks again until nothing is left
            all = all.subList(0, MAX_POSITIONS);
        }
        byte[] positions = positions(all);
        all.forEach(agent.sad::remove);
        agent.counters.count(Counter.SA_FLUSHED, all.size());
        agent.tell(Step.COMMANDED, 0, 0, 0, "remove all " + all.size() + " of port " + port);
        reply(Command.REMOVE_ALL, transaction, CommandStatus.OK, positions);
    }

    private void localAddresses(int transaction, ByteBuffer body) {
        Set<Long> addresses = new HashSet<>();
        while (body.hasRemaining()) {
            addresses.add(body.getLong());
        }
        transmit.localAddresses(addresses);
        reply(Command.LOCAL_ADDRESSES, transaction, CommandStatus.OK, NOTHING);
    }

    private void read(int transaction, ByteBuffer body) {
        AgentSa sa = find(body.getInt());
        if (sa == null) {
            reply(Command.READ_SA, transaction, CommandStatus.NOT_FOUND, NOTHING);
            return;
        }
        byte[] statistics = ByteBuffer.allocate(24)
                .putLong(sa.packets)
                .putLong(sa.octets)
                .putLong(sa.position())
                .array();
        reply(Command.READ_SA, transaction, CommandStatus.OK, statistics);
    }

    private void advance(Command command, int transaction, ByteBuffer body) {
        AgentSa sa = find(body.getInt());
        int spi = body.getInt();
        long number = body.getLong();
        if (sa == null || sa.spi() != spi || sa.isPacketMode()) {
            reply(command, transaction, CommandStatus.NOT_FOUND, NOTHING);
            return;
        }
        if (sa.tracker == null) {
            sa.numbers.advanceTo(number);
        } else if (command == Command.RESYNC_ANSWER) {
            sa.tracker.answered(number);
            agent.tell(Step.RESYNCHRONISED, 0, spi, number, "answered");
        } else {
            sa.tracker.advanceTo(number);
        }
        reply(command, transaction, CommandStatus.OK, NOTHING);
    }

    private void reply(Command command, int transaction, CommandStatus status, byte[] body) {
        receive.toMac()
                .accept(ConfigurationTag.make(
                        agent.frames, driver, agent.address, command.ordinal(), status.ordinal(), transaction, body));
    }

    /** Only for an SA that is here: handle, SPI and the low half that a packet carried, and no key. */
    void askForHighHalf(AgentSa sa, int low) {
        byte[] body = ByteBuffer.allocate(12)
                .putInt(sa.handle)
                .putInt(sa.spi())
                .putInt(low)
                .array();
        reply(Command.RESYNC_REQUEST, 0, CommandStatus.OK, body);
    }

    void noticeDown(List<AgentSa> all) {
        int from = 0;
        do {
            int to = Math.min(all.size(), from + MAX_POSITIONS);
            reply(Command.DEVICE, 0, CommandStatus.DEVICE_DOWN, positions(all.subList(from, to)));
            from = to;
        } while (from < all.size());
    }

    /** Handle and position of each: the numbers outlive the SA. */
    private static byte[] positions(List<AgentSa> some) {
        ByteBuffer body = ByteBuffer.allocate(12 * some.size());
        for (AgentSa sa : some) {
            body.putInt(sa.handle).putLong(sa.position());
        }
        return body.array();
    }

    void noticeUp() {
        reply(Command.DEVICE, 0, CommandStatus.OK, NOTHING);
    }
}
