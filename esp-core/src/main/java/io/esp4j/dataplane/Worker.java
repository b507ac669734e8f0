package io.esp4j.dataplane;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * What one thread needs to move packets: its crypto sessions, its scratch memory, its counters. Made by a
 * {@link Dataplane}; closed by whoever made it, when its thread is done.
 *
 * <p>Threads: single owner thread, which may be a virtual one; the counters may be read by any.
 */
public final class Worker implements AutoCloseable {
    private static final VarHandle EPOCH;
    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long UNREAD = Long.MIN_VALUE;
    private static final int SPINS = 100;
    private static final long PARK_NANOS = 10_000;

    static {
        try {
            EPOCH = MethodHandles.lookup().findVarHandle(Worker.class, "epoch", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Dataplane dataplane;
    private final SessionCache sessions;
    private final CryptoEngine engine;
    private final Encapsulation encapsulation;
    private final Decapsulation decapsulation;
    private final Auditor auditor;
    private final long[] outboundCounters = new long[OutboundOutcome.values().length];
    private final long[] inboundCounters = new long[InboundOutcome.values().length];
    private int number;
    private Thread runner;
    private long nowNanos;
    private long removalsSeen;
    /** Odd while a burst is under way: an SA that is being closed waits for the end of it. */
    private volatile long epoch;

    Worker(Dataplane dataplane, Randomness random, UnaryOperator<CryptoEngine> engineOver) {
        this.dataplane = dataplane;
        sessions = new SessionCache(dataplane.sessionsPerWorker());
        engine = engineOver.apply(sessions);
        encapsulation = new Encapsulation(this, random);
        decapsulation = new Decapsulation(this, dataplane.sad(), dataplane.udpPorts());
        auditor = dataplane.newAuditor();
    }

    /**
     * Makes ESP packets of all packets of a burst with one SA. See {@link #encapsulate(Burst)}.
     *
     * @param burst IP packets
     * @param sa the SA that all of them take
     */
    public void encapsulate(Burst burst, OutboundSa sa) {
        enter();
        try {
            encapsulation.prepare(burst, sa);
            seal(burst);
            encapsulation.finish(burst);
        } finally {
            exit();
        }
    }

    /**
     * Makes ESP packets of the packets of a burst, each with the SA that {@link Burst#route} gave it. Afterwards
     * {@link Burst#outbound} says what became of each. The octets of a packet that was refused are as they were, those of its slot
     * around it may not be; one that was {@code NOT_SEALED} is lost, and shown empty. If this throws, nothing in the burst is for
     * the wire.
     *
     * @param burst IP packets
     * @throws IllegalStateException if the burst has made a journey since its last reset
     */
    public void encapsulate(Burst burst) {
        enter();
        try {
            encapsulation.prepare(burst);
            seal(burst);
            encapsulation.finish(burst);
        } finally {
            exit();
        }
    }

    /**
     * Opens the ESP packets of a burst. Afterwards {@link Burst#inbound} says what became of each, and the burst shows
     * the inner packet of those accepted; packets that are not ESP are as they were.
     *
     * @param burst packets as they arrived, framed as the burst says
     * @throws IllegalStateException if the burst has made a journey since its last reset
     */
    public void decapsulate(Burst burst) {
        enter();
        try {
            decapsulation.prepare(burst);
            open(burst);
            decapsulation.finish(burst);
        } finally {
            exit();
        }
    }

    /**
     * {@return how many outbound packets ended in a way at this worker}
     *
     * @param outcome the way
     */
    public long count(OutboundOutcome outcome) {
        return (long) COUNTER.getOpaque(outboundCounters, outcome.ordinal());
    }

    /**
     * {@return how many inbound packets ended in a way at this worker}
     *
     * @param outcome the way
     */
    public long count(InboundOutcome outcome) {
        return (long) COUNTER.getOpaque(inboundCounters, outcome.ordinal());
    }

    /** A small number that no other open worker of the dataplane has. */
    int number() {
        return number;
    }

    /** Called once, before anybody has the worker. */
    void number(int free) {
        number = free;
    }

    private void seal(Burst burst) {
        Runs runs = burst.runs;
        for (int number = 0; number < runs.count(); number++) {
            Run run = runs.get(number);
            if (run.packets() > 0) {
                engine.seal((OutboundSa) run.sa(), burst.operations, run.from(), run.to());
            }
        }
    }

    private void open(Burst burst) {
        Runs runs = burst.runs;
        for (int number = 0; number < runs.count(); number++) {
            Run run = runs.get(number);
            if (run.packets() > 0) {
                InboundSa sa = (InboundSa) run.sa();
                boolean restore = Decapsulation.needsRestore(sa, run.packets());
                run.restored(restore);
                open(burst, run.from(), run.to(), sa, restore);
            }
        }
    }

    void open(Burst burst, int from, int to, InboundSa sa, boolean restore) {
        engine.open(sa, burst.operations, from, to, restore);
    }

    private void enter() {
        Thread caller = Thread.currentThread();
        if (runner != caller) {
            runner = caller;
        }
        EPOCH.setVolatile(this, epoch + 1);
        nowNanos = UNREAD;
        long removals = dataplane.removals();
        if (removals != removalsSeen) {
            removalsSeen = removals;
            sessions.dropRetired();
        }
    }

    private void exit() {
        EPOCH.setRelease(this, epoch + 1);
    }

    /** Whether the calling thread is in the middle of a burst of this worker: in a hook, a sink or a listener. */
    boolean isCalling() {
        return (epoch & 1) != 0
                && runner == Thread.currentThread(); // written before the epoch: never an earlier runner
    }

    /** Returns when no burst is under way that began before the call. */
    void awaitEndOfBurst() {
        long seen = epoch;
        if ((seen & 1) == 0) {
            return;
        }
        for (int spins = 0; epoch == seen; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PARK_NANOS); // a virtual thread's burst may go on only where this one makes room
            }
        }
    }

    /** The time of the burst at hand; the clock is read at the first question. */
    long nanos() {
        if (nowNanos == UNREAD) {
            nowNanos = dataplane.clockNanos();
        }
        return nowNanos;
    }

    void tick(SecurityAssociation sa) {
        if (sa.meter().isTimed()) {
            sa.meter().tick(nanos());
        }
    }

    boolean isExpired(SecurityAssociation sa) {
        tick(sa);
        return sa.meter().isExhausted();
    }

    void softLimits(SecurityAssociation sa) {
        LifetimeMeter meter = sa.meter();
        if (meter.hasSoftLimits() && meter.takeSoftEvent(meter.isTimed() ? nanos() : 0)) {
            dataplane.listener().softLifetimeReached(sa);
        }
    }

    void encapsulated(int packets) {
        increment(outboundCounters, OutboundOutcome.ENCAPSULATED.ordinal(), packets);
    }

    void accepted(int packets) {
        increment(inboundCounters, InboundOutcome.ACCEPTED.ordinal(), packets);
    }

    void refused(Burst burst, int index, OutboundOutcome outcome) {
        increment(outboundCounters, outcome.ordinal(), 1);
        count(burst.sa(index), outcome, 1);
        tell(burst, index, outcome, outcome.auditable());
    }

    void decided(Burst burst, int index, InboundOutcome outcome) {
        increment(inboundCounters, outcome.ordinal(), 1);
        count(burst.sa(index), outcome, 1);
        tell(burst, index, outcome, outcome.auditable());
    }

    /** The packets at some positions of a run ended alike. */
    void decided(Burst burst, int from, int to, InboundOutcome outcome) {
        increment(inboundCounters, outcome.ordinal(), to - from);
        count(burst.sa(burst.operations.packet(from)), outcome, to - from);
        boolean auditable = outcome.auditable();
        for (int position = from; position < to; position++) {
            tell(burst, burst.operations.packet(position), outcome, auditable);
        }
    }

    private static void count(SecurityAssociation sa, Enum<?> outcome, int packets) {
        if (sa != null) {
            sa.count(outcome.ordinal(), packets);
        }
    }

    private void tell(Burst burst, int index, Enum<?> outcome, boolean auditable) {
        if (auditable && auditor.isOn()) {
            auditor.audit(outcome, burst, index, nanos());
        }
        dataplane.dropHook().dropped(burst, index);
    }

    private static void increment(long[] counters, int ordinal, int by) {
        COUNTER.setOpaque(counters, ordinal, counters[ordinal] + by);
    }

    @Override
    public void close() {
        dataplane.forget(this);
        sessions.close();
    }
}
