package io.esp4j.offload.driver;

import io.esp4j.offload.control.Command;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.mac.EmbeddedSwitch;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Distribution;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Simulation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The PF and its driver: the only one that sends commands to the agent. It proxies every add and remove of the VFs, and cleans
 * up after a VF that vanished when the next one asks for resources. Threads: single owner thread.
 */
public final class PhysicalFunction extends NetworkFunction {
    private static final byte[] NOTHING = {};
    private static final int POSITION_OCTETS = 12;

    private final Frames frames;
    private final EmbeddedSwitch mac;
    private final MacAddress agent;
    private final Transactions transactions;
    private final SaBook book = new SaBook();
    private final List<VirtualFunction> virtual = new ArrayList<>();
    private final Distribution installNanos = new Distribution();
    private boolean up = true;

    /**
     * A PF in its switch.
     *
     * @param simulation the run
     * @param frames makes command frames
     * @param mac its switch
     * @param name its name, such as {@code a.pf}
     * @param address its address
     * @param agent the agent's address
     */
    public PhysicalFunction(
            Simulation simulation,
            Frames frames,
            EmbeddedSwitch mac,
            String name,
            MacAddress address,
            MacAddress agent) {
        super(simulation, mac, name, address, 0, true);
        this.frames = frames;
        this.mac = mac;
        this.agent = agent;
        transactions = new Transactions(simulation);
    }

    /** {@return how many SAs the driver has in its book, its own and those of VFs} */
    public int bookedSas() {
        return book.size();
    }

    /** {@return how long each successful Add SA took, from the command to the reply, in nanoseconds} */
    public Distribution installNanos() {
        return installNanos;
    }

    void adopt(VirtualFunction function) {
        virtual.add(function);
    }

    private void command(Command command, byte[] body, Transactions.Answer answer) {
        int transaction = transactions.begin(answer);
        transmit(ConfigurationTag.make(frames, agent, address(), command.ordinal(), 0, transaction, body));
    }

    private static byte[] body(int handle) {
        return ByteBuffer.allocate(4).putInt(handle).array();
    }

    @Override
    public void stateAdd(OffloadSa sa, Consumer<AddReply> answer) {
        add(this, sa.domain() == null ? sa.of(domain()) : sa, answer);
    }

    /** Adds an SA of this function or of a VF. */
    void add(NetworkFunction owner, OffloadSa sa, Consumer<AddReply> answer) {
        if (!up) {
            answer.accept(AddReply.refused(CommandStatus.DEVICE_DOWN));
            return;
        }
        if (sa.parameters().udpEncapsulation() != null) { // no device of this kind looks into UDP
            answer.accept(AddReply.refused(CommandStatus.NOT_SUPPORTED));
            return;
        }
        if (book.waits(KeyFingerprint.of(sa), () -> add(owner, sa, answer))) {
            return;
        }
        OffloadSa resumed = simulation.has(Hazard.FORGET_NUMBERS) ? sa : book.resumed(sa);
        long begun = simulation.nowNanos();
        command(Command.ADD_SA, SaCodec.write(resumed), (status, body) -> {
            if (status != CommandStatus.OK) {
                answer.accept(AddReply.refused(status));
                return;
            }
            int handle = body.getInt();
            installNanos.add(simulation.nowNanos() - begun);
            book.installed(handle, owner, sa);
            answer.accept(new AddReply(status, handle, body.getLong()));
        });
    }

    @Override
    public void stateDelete(int handle, Consumer<SaStatistics> answer) {
        remove(this, handle, answer);
    }

    void remove(NetworkFunction owner, int handle, Consumer<SaStatistics> answer) {
        if (book.owner(handle) == owner) {
            remove(handle, answer);
        } else {
            answer.accept(SaStatistics.none(CommandStatus.NOT_FOUND));
        }
    }

    /** The driver's own entry goes only when the agent has replied. */
    private void remove(int handle, Consumer<SaStatistics> answer) {
        KeyFingerprint key = book.key(handle);
        book.leaves(key);
        command(Command.REMOVE_SA, body(handle), (status, body) -> {
            if (status == CommandStatus.OK) {
                book.removed(handle, body.getLong());
            } else if (status == CommandStatus.NOT_FOUND) {
                book.forget(handle);
            }
            answer.accept(new SaStatistics(status, 0, 0, book.position(key)));
            book.left(key);
        });
    }

    /**
     * Removes all SAs of the port from the agent.
     *
     * @param answer hears how it went
     */
    public void removeAll(Consumer<CommandStatus> answer) {
        command(Command.REMOVE_ALL, NOTHING, (status, body) -> {
            boolean some = body.hasRemaining();
            positions(body).forEach(book::removed);
            if (some) {
                removeAll(answer); // until nothing is left: a reply has room for some thousands
            } else {
                answer.accept(status);
            }
        });
    }

    private static Map<Integer, Long> positions(ByteBuffer body) {
        Map<Integer, Long> positions = new LinkedHashMap<>();
        while (body.remaining() >= POSITION_OCTETS) {
            positions.put(body.getInt(), body.getLong());
        }
        return positions;
    }

    @Override
    public void stateFree(int handle) {
        // The book was closed when the agent replied.
    }

    @Override
    public void advanceEsn(int handle, int spi, long number) {
        command(Command.ADVANCE_ESN, position(handle, spi, number), (status, body) -> {});
    }

    @Override
    public void resyncAnswer(int handle, int spi, long number, Consumer<CommandStatus> answer) {
        command(Command.RESYNC_ANSWER, position(handle, spi, number), (status, body) -> answer.accept(status));
    }

    private static byte[] position(int handle, int spi, long number) {
        return ByteBuffer.allocate(16)
                .putInt(handle)
                .putInt(spi)
                .putLong(number)
                .array();
    }

    @Override
    public void updateStatistics(int handle, Consumer<SaStatistics> answer) {
        command(
                Command.READ_SA,
                body(handle),
                (status, body) -> answer.accept(
                        status == CommandStatus.OK
                                ? new SaStatistics(status, body.getLong(), body.getLong(), body.getLong())
                                : SaStatistics.none(status)));
    }

    @Override
    public boolean isUp() {
        return up;
    }

    /** Tells the agent which addresses are on this side, so that it turns frames to them round. */
    public void announceLocalAddresses() {
        List<MacAddress> addresses = mac.addresses();
        ByteBuffer body = ByteBuffer.allocate(8 * addresses.size());
        addresses.forEach(local -> body.putLong(local.bits()));
        command(Command.LOCAL_ADDRESSES, body.array(), (status, reply) -> {});
    }

    /** Resets the device. */
    public void reset() {
        command(Command.RESET, NOTHING, (status, body) -> {});
    }

    /** Answers a VF's request for resources when nothing of vanished VFs is left in the agent. */
    void resourcesFor(Runnable answer) {
        List<Integer> stale = book.handlesOfVanished();
        if (stale.isEmpty()) {
            answer.run();
            return;
        }
        int[] left = {stale.size()};
        for (int handle : stale) {
            remove(handle, statistics -> {
                left[0]--;
                if (left[0] == 0) {
                    answer.run();
                }
            });
        }
    }

    @Override
    void configuration(Frame frame) {
        if (!ConfigurationTag.isWhole(frame)) {
            frame.end(counters, Counter.RX_DROP_FORGED_TAG);
            return;
        }
        Command command = Command.of(ConfigurationTag.command(frame));
        CommandStatus status = CommandStatus.of(ConfigurationTag.status(frame));
        int transaction = ConfigurationTag.transaction(frame);
        ByteBuffer body = ByteBuffer.wrap(ConfigurationTag.body(frame));
        frame.end(counters, Counter.CONTROL);
        if (command == Command.DEVICE) {
            device(status == CommandStatus.OK, positions(body));
        } else if (command == Command.RESYNC_REQUEST) {
            resyncRequested(body.getInt(), body.getInt(), body.getInt());
        } else {
            transactions.end(transaction, status, body);
        }
    }

    private void device(boolean isUp, Map<Integer, Long> positions) {
        up = isUp;
        positions.forEach(book::removed); // first: what is refused now asks where numbers stood
        if (up) {
            announceLocalAddresses();
        } else {
            transactions.endAll(CommandStatus.DEVICE_DOWN);
        }
        tell(listener, positions);
        for (VirtualFunction function : virtual) {
            if (function.isAttached()) {
                function.mailbox(() -> tell(function.listener, positions));
            }
        }
    }

    private void tell(DeviceListener to, Map<Integer, Long> positions) {
        if (to == null) {
            return;
        }
        if (up) {
            to.deviceUp();
        } else {
            to.deviceDown(positions);
        }
    }

    private void resyncRequested(int handle, int spi, int low) {
        NetworkFunction owner = book.owner(handle);
        if (owner == null || owner.listener == null) {
            counters.count(Counter.RX_RESYNC_SKIPPED);
        } else if (owner instanceof VirtualFunction function) {
            function.mailbox(() -> function.listener.resyncRequested(handle, spi, low));
        } else {
            listener.resyncRequested(handle, spi, low);
        }
    }
}
