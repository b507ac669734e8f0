package io.esp4j.dataplane;

import io.esp4j.sa.Lifetime;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * What an SA has carried, and whether it may carry more (RFC 4301 §4.4.2.1). Packet and octet limits are exact for any
 * number of workers; reaching a hard limit stops the SA for good. Threads: thread-safe, lock-free.
 *
 * <p>Where packets or octets have a limit, all workers count in one place. Where they have none, each counts in its own, made
 * for its first burst, which no other writes.
 */
final class LifetimeMeter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final WorkerTally[] NO_WORKER = {};
    private static final VarHandle PACKETS;
    private static final VarHandle OCTETS;
    private static final VarHandle SOFT_REACHED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PACKETS = lookup.findVarHandle(LifetimeMeter.class, "packets", long.class);
            OCTETS = lookup.findVarHandle(LifetimeMeter.class, "octets", long.class);
            SOFT_REACHED = lookup.findVarHandle(LifetimeMeter.class, "softReached", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Lifetime limits;
    private final boolean limited;
    private final boolean exact;
    private final boolean timed;
    private final boolean soft;
    private final long softNanos;
    private final long hardNanos;
    private final long createdNanos;
    private volatile long packets;
    private volatile long octets;
    private volatile WorkerTally[] perWorker = NO_WORKER;
    private volatile boolean softReached;
    private volatile boolean expired;

    /**
     * A meter at zero.
     *
     * @param limits what the SA may carry
     * @param nowNanos when it was made
     */
    LifetimeMeter(Lifetime limits, long nowNanos) {
        this.limits = limits;
        limited = (limits.hardPackets() | limits.hardOctets()) != 0;
        exact = limited || (limits.softPackets() | limits.softOctets()) != 0;
        soft = (limits.softPackets() | limits.softOctets() | limits.softSeconds()) != 0;
        timed = (limits.softSeconds() | limits.hardSeconds()) != 0;
        softNanos = nanos(limits.softSeconds());
        hardNanos = nanos(limits.hardSeconds());
        createdNanos = nowNanos;
    }

    /** Centuries are as good as the longest time that the clock can tell. */
    private static long nanos(long seconds) {
        return seconds > Long.MAX_VALUE / NANOS_PER_SECOND ? Long.MAX_VALUE : seconds * NANOS_PER_SECOND;
    }

    long packets() {
        return packets + sum(WorkerTally::packets);
    }

    long octets() {
        return octets + sum(WorkerTally::octets);
    }

    private long sum(ToLongFunction<WorkerTally> what) {
        long sum = 0;
        for (WorkerTally mine : perWorker) {
            if (mine != null) {
                sum += what.applyAsLong(mine);
            }
        }
        return sum;
    }

    boolean isExpired() {
        return expired;
    }

    /** Whether nothing more will pass: expired, or a limit is used up. */
    boolean isExhausted() {
        return expired || (limited && (reached(packets, limits.hardPackets()) || reached(octets, limits.hardOctets())));
    }

    /** Whether packets or octets have a hard limit, so that each packet must be admitted. */
    boolean isLimited() {
        return limited;
    }

    /** Whether time counts, so that the clock must be read. */
    boolean isTimed() {
        return timed;
    }

    /** Looks at the clock, once a burst. */
    void tick(long nowNanos) {
        if (reached(nowNanos - createdNanos, hardNanos)) {
            expired = true;
        }
    }

    /**
     * Counts packets and the octets that the cipher processes of them, all or none.
     *
     * @param worker the number of the worker that they are of
     * @return false if a hard limit does not allow all of them; if it was a single packet the SA is expired now. Several at
     *     once are never allowed under limits of both kinds: a count of packets that is taken back because their octets are
     *     too many would let another worker's packet find the limit used up too early
     */
    boolean acquire(int worker, int morePackets, long moreOctets) {
        if (expired) {
            return false;
        }
        if (!exact) {
            count(worker, morePackets, moreOctets);
            return true;
        }
        if (morePackets > 1 && limits.hardPackets() != 0 && limits.hardOctets() != 0) {
            return false;
        }
        if (!add(PACKETS, morePackets, limits.hardPackets())) {
            return refuse(morePackets);
        }
        if (!add(OCTETS, moreOctets, limits.hardOctets())) {
            PACKETS.getAndAdd(this, -(long) morePackets);
            return refuse(morePackets);
        }
        return true;
    }

    /** Gives back what was acquired for packets that were not sent after all. */
    void release(int worker, int packetsBack, long octetsBack) {
        count(worker, -packetsBack, -octetsBack);
    }

    /** Counts packets that need no admission, since there is no hard limit of packets or octets. */
    void count(int worker, int morePackets, long moreOctets) {
        if (exact) {
            PACKETS.getAndAdd(this, (long) morePackets);
            OCTETS.getAndAdd(this, moreOctets);
            return;
        }
        WorkerTally[] all = perWorker;
        WorkerTally mine = worker < all.length ? all[worker] : null;
        if (mine == null) {
            mine = enter(worker);
        }
        mine.count(morePackets, moreOctets);
    }

    private synchronized WorkerTally enter(int worker) {
        WorkerTally[] all = Arrays.copyOf(perWorker, Math.max(worker + 1, perWorker.length));
        all[worker] = new WorkerTally();
        perWorker = all;
        return all[worker];
    }

    private boolean refuse(int morePackets) {
        if (morePackets == 1) {
            expired = true;
        }
        return false;
    }

    private boolean add(VarHandle counter, long more, long hard) {
        if (hard == 0) {
            counter.getAndAdd(this, more);
            return true;
        }
        long before;
        do {
            before = (long) counter.getVolatile(this);
            if (hard - before < more) {
                return false;
            }
        } while (!counter.compareAndSet(this, before, before + more));
        return true;
    }

    /** {@return true once: at the first call after a soft limit was reached, or a hard one before it} */
    boolean takeSoftEvent(long nowNanos) {
        return !softReached && isSoftDue(nowNanos) && SOFT_REACHED.compareAndSet(this, false, true);
    }

    private boolean isSoftDue(long nowNanos) {
        return expired
                || reached(packets, limits.softPackets())
                || reached(octets, limits.softOctets())
                || reached(nowNanos - createdNanos, softNanos);
    }

    /** Whether there are soft limits that may still be reached. */
    boolean hasSoftLimits() {
        return soft && !softReached;
    }

    private static boolean reached(long value, long limit) {
        return limit != 0 && value >= limit;
    }
}
