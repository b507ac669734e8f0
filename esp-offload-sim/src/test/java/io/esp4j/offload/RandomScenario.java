package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.FragmentPolicy;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.HostStack;
import io.esp4j.offload.host.Ipv4Fragments;
import io.esp4j.offload.host.Place;
import io.esp4j.offload.host.SendOptions;
import io.esp4j.offload.link.Impairment;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.sa.DontFragment;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One random scenario: what may happen, made to happen step by step, and at the end what must be true. The judge reads the wire
 * and the deliveries by itself, and asks software outside of the simulation what a packet with that number should be. Threads:
 * single owner thread.
 */
final class RandomScenario {
    /**
     * What happens next.
     *
     * @param kind what
     * @param sa which SA, where it is about one
     * @param amount how much: segments, microseconds, permille
     */
    record Step(Kind kind, int sa, int amount) {}

    /** Kinds of steps. */
    enum Kind {
        SEND,
        SEND_LARGE,
        SEND_BY_SOFTWARE,
        SEND_LARGE_BY_SOFTWARE,
        SEND_IN_CLEAR,
        WAIT,
        SETTLE,
        IMPAIR,
        REPLAY,
        REPLAY_IN_FRAGMENTS,
        RESET_SENDER,
        RESET_RECEIVER,
        REINSTALL_SENDER,
        REINSTALL_RECEIVER,
        START_GUEST,
        KILL_GUEST,
        GUEST_SENDS
    }

    /**
     * Under which circumstances.
     *
     * @param seed of the run
     * @param esn whether numbers have 64 bits
     * @param capacity SAs in each agent
     * @param queue packets that wait for a crypto unit
     * @param cryptoRate of the crypto units, bit/s
     * @param out what senders ask of their device
     * @param in what receivers ask of theirs
     * @param fragments what becomes of fragmented packets
     * @param last the last number before the first packet
     */
    record Setting(
            long seed,
            boolean esn,
            int capacity,
            int queue,
            long cryptoRate,
            OffloadMode out,
            OffloadMode in,
            FragmentPolicy fragments,
            long last) {}

    private static final int SAS = 3;
    private static final int SEGMENT = 48;

    private final Setting setting;
    private final Lab lab;
    private final HostSa[] senders = new HostSa[SAS];
    private final HostSa[] receivers = new HostSa[SAS];
    private final Map<Integer, OffloadSa> bySpi = new HashMap<>();
    private final Set<ByteBuffer> secrets = new HashSet<>();
    private final Set<ByteBuffer> open = new HashSet<>();
    private final Counters attacker;
    private HostStack guest;
    private HostSa guestSa;
    private int guests;
    private int number;

    RandomScenario(Setting setting, Hazard... hazards) {
        this.setting = setting;
        Network.Builder builder = Network.builder(setting.seed)
                .with(Parameter.SAD_CAPACITY, setting.capacity)
                .with(Parameter.AGENT_QUEUE_FRAMES, setting.queue)
                .with(Parameter.AGENT_CRYPTO_BITS_PER_SECOND, setting.cryptoRate)
                .with(Parameter.RESET_NANOS, 50_000)
                .with(Parameter.REASSEMBLY_NANOS, 500_000);
        for (Hazard hazard : hazards) {
            builder.with(hazard);
        }
        lab = new Lab(builder);
        attacker = lab.network.simulation().counters("attacker");
        lab.b.host().fragments(setting.fragments);
        for (int i = 0; i < SAS; i++) {
            installReceiver(i, setting.last, false);
            installSender(i, setting.last);
        }
        lab.network.run();
    }

    private OffloadSa sa(int index, SaDirection direction, OffloadMode mode, long last, boolean all) {
        return Lab.sa(index, direction, mode, builder -> builder.esn(setting.esn)
                .sequence(last)
                .allReceived(all)
                .dontFragment(DontFragment.CLEAR));
    }

    private void installSender(int index, long last) {
        OffloadSa sa = sa(index, SaDirection.TRANSMIT, setting.out, last, false);
        bySpi.put(sa.parameters().spi(), sa);
        senders[index] = null;
        lab.a.host().installAnyhow(sa, done -> senders[index] = done);
    }

    private void installReceiver(int index, long last, boolean all) {
        OffloadSa sa = sa(index, SaDirection.RECEIVE, setting.in, last, all);
        receivers[index] = null;
        lab.b.host().installAnyhow(sa, done -> receivers[index] = done);
    }

    void step(Step step) {
        int index = step.sa % SAS;
        switch (step.kind) {
            case SEND -> send(senders[index], SendOptions.PLAIN, 1);
            case SEND_LARGE -> send(senders[index], SendOptions.segments(SEGMENT), 1 + step.amount % 9);
            case SEND_BY_SOFTWARE -> send(senders[index], SendOptions.PLAIN.inSoftware(), 1);
            case SEND_LARGE_BY_SOFTWARE ->
                send(senders[index], SendOptions.segments(SEGMENT).inSoftware(), 1 + step.amount % 9);
            case SEND_IN_CLEAR -> sendInClear();
            case WAIT ->
                lab.network.simulation().runUntil(lab.network.simulation().nowNanos() + 1000L * step.amount);
            case SETTLE -> lab.network.run();
            case IMPAIR -> impair(step.amount / 1000.0);
            case REPLAY -> replay(step.amount, false);
            case REPLAY_IN_FRAGMENTS -> replay(step.amount, true);
            case RESET_SENDER -> lab.a.physical().reset();
            case RESET_RECEIVER -> lab.b.agent().reset();
            case REINSTALL_SENDER -> reinstallSender(index);
            case REINSTALL_RECEIVER -> reinstallReceiver(index);
            case START_GUEST -> startGuest();
            case KILL_GUEST -> killGuest();
            case GUEST_SENDS -> {
                if (guest != null && guestSa != null) {
                    send(guest, guestSa, SendOptions.PLAIN, 1);
                }
            }
        }
    }

    private void send(HostSa sa, SendOptions options, int segments) {
        if (sa == null) {
            return; // being installed
        }
        send(lab.a.host(), sa, options, segments);
    }

    private void send(HostStack host, HostSa sa, SendOptions options, int segments) {
        number++;
        byte[] payload = Packets.payload(number, SEGMENT * segments - 5);
        for (int from = 0; from < payload.length; from += SEGMENT) {
            secrets.add(ByteBuffer.wrap(payload, from, Math.min(SEGMENT, payload.length - from))
                    .slice());
        }
        host.send(sa, Packets.tcp(Lab.INNER_A, Lab.INNER_B, number << 12, payload), options);
    }

    private void sendInClear() {
        number++;
        byte[] payload = Packets.payload(number, SEGMENT);
        open.add(ByteBuffer.wrap(payload));
        lab.a.host().send(Packets.tcp(Lab.A, Lab.B, number << 12, payload));
    }

    private void impair(double chance) {
        lab.a
                .link()
                .impair(Impairment.random(
                        lab.network.simulation().random("link " + number), chance, chance, 2 * chance, 40_000));
    }

    /** An attacker on the link repeats what has passed there. */
    private void replay(int which, boolean cut) {
        List<Wire.Seen> esp = lab.wire.esp();
        if (esp.isEmpty()) {
            return;
        }
        Frame frame = lab.network.frames().make(esp.get(which % esp.size()).frame());
        if (cut) {
            new Ipv4Fragments(lab.network.simulation(), lab.network.frames(), attacker)
                    .cut(frame, frame.offset() + 14, 68, lab.b.agent().port(0).fromLink());
        } else {
            lab.b.agent().port(0).fromLink().accept(frame);
        }
    }

    /** The same key again, as a host that minds its numbers does it. */
    private void reinstallSender(int index) {
        HostSa old = senders[index];
        if (old == null || old.place() == Place.INSTALLING) {
            return;
        }
        long last = Math.max(old.position(), setting.last);
        lab.a.host().remove(old, () -> {});
        installSender(index, last);
    }

    /** What the host had received counts as received; with packet offload its driver knows better. */
    private void reinstallReceiver(int index) {
        HostSa old = receivers[index];
        if (old == null || old.place() == Place.INSTALLING) {
            return;
        }
        long last = Math.max(old.position(), setting.last);
        lab.b.host().remove(old, () -> {});
        installReceiver(index, last, true);
    }

    private void startGuest() {
        if (guest != null) {
            return;
        }
        guests++;
        String name = "vm" + guests;
        IpAddress address = IpAddress.v4(0xc6336400 + guests);
        guest = lab.a.start(name, address, 0, true);
        int key = 100 + guests;
        OffloadSa transmit = sa(key, SaDirection.TRANSMIT, OffloadMode.CRYPTO, setting.last, false);
        bySpi.put(transmit.parameters().spi(), transmit);
        lab.b.host().install(sa(key, SaDirection.RECEIVE, OffloadMode.NONE, setting.last, false), done -> {});
        HostStack mine = guest;
        guestSa = null;
        lab.a
                .virtual(name)
                .open(() -> mine.installAnyhow(transmit, done -> {
                    if (guest == mine) {
                        guestSa = done;
                    }
                }));
    }

    private void killGuest() {
        if (guest != null) {
            lab.a.virtual("vm" + guests).destroy();
            guest = null;
            guestSa = null;
        }
    }

    void judge() {
        lab.network.run();
        lab.assertBookIsClosed();
        judgeWire();
        judgeDeliveries();
    }

    private void judgeWire() {
        Map<Integer, Set<Long>> numbers = new HashMap<>();
        for (Wire.Seen seen : lab.wire.all()) {
            if (!seen.isEsp()) {
                byte[] packet = seen.packet();
                assertTrue(
                        open.contains(
                                ByteBuffer.wrap(packet, 40, packet.length - 40).slice()),
                        "something left in clear");
                continue;
            }
            assertTrue(
                    numbers.computeIfAbsent(seen.spi(), spi -> new HashSet<>()).add(seen.iv()),
                    () -> "nonce " + Long.toHexString(seen.iv()) + " of SPI " + seen.spi() + " repeated");
            assertEquals(seen.sequenceLow(), seen.iv() & 0xffff_ffffL, "number and IV");
            judgePacket(bySpi.get(seen.spi()), seen);
        }
    }

    /** Opened by the key's owner, and sealed anew in software under the same number, it is the same packet. */
    private void judgePacket(OffloadSa sa, Wire.Seen seen) {
        SaBuilder builder = SaCodec.rebuild(sa.parameters()).sequence(seen.iv() - 1);
        OffloadSa at = new OffloadSa(builder.build(), sa.material(), SaDirection.RECEIVE, OffloadMode.NONE, null, 1500);
        byte[] inner = Prepared.open(at, seen.packet());
        assertTrue(secrets.contains(payload(inner)), "a payload that nobody sent");
        assertArrayEquals(Prepared.sealAt(at, inner, seen.iv()), seen.packet(), "not what software makes");
    }

    private static ByteBuffer payload(byte[] packet) {
        return ByteBuffer.wrap(Arrays.copyOfRange(packet, 40, packet.length));
    }

    private void judgeDeliveries() {
        Set<ByteBuffer> delivered = new HashSet<>();
        for (var delivery : lab.received) {
            ByteBuffer payload = payload(delivery.packet());
            if (delivery.sa() == null && open.contains(payload)) {
                continue;
            }
            assertTrue(secrets.contains(payload), "delivered what nobody sent");
            assertTrue(delivered.add(payload), "accepted twice");
        }
    }

    /** {@return how many packets were accepted} */
    int accepted() {
        return lab.received.size();
    }

    /** {@return a counter's sum} */
    long total(Counter counter) {
        return lab.total(counter);
    }

    @Override
    public String toString() {
        return setting + " " + new ArrayList<>(bySpi.values());
    }
}
