package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.HeapMemory;

/**
 * One key in one context: guards the run, cuts it into what C is given at once, hands that to the transform. Threads: as its context.
 */
public abstract class NativeSession implements CryptoSession {
    /** How many packets are given to C at once, at most. */
    public static final int PACKETS_PER_CALL = 64;

    private static final int HIGH_HALF_OCTETS = 4;

    /** The status of a packet whose length no packet has: it can't be sealed. */
    private static final byte UNSEALABLE = CryptoBurst.FAILED;

    /** The status of a packet whose length no packet has: no ICV of it can be right. */
    private static final byte UNOPENABLE = CryptoBurst.ICV_MISMATCH;

    private final NativeContext context;
    private final NativeKey key;
    private final EspLayout layout;
    private final boolean roomForHighHalf;
    private final ArrayOperation onArrays;
    private boolean attached;

    /**
     * A session.
     *
     * @param context whose thread uses it
     * @param key an open key
     * @param roomForHighHalf whether every packet is staged with four octets of room behind its SPI
     * @param onArrays works on packets of an array where they are, or null: then they are staged
     */
    protected NativeSession(NativeContext context, NativeKey key, boolean roomForHighHalf, ArrayOperation onArrays) {
        this.context = context;
        this.key = key;
        this.roomForHighHalf = roomForHighHalf;
        this.onArrays = onArrays;
        layout = key.layout();
    }

    /** {@return whose thread uses it} */
    protected NativeContext context() {
        return context;
    }

    final NativeKey key() {
        return key;
    }

    @Override
    public final void seal(CryptoBurst burst, int from, int to) {
        if (begin(burst, from, to)) {
            try {
                if (burst.memory() instanceof DirectMemory direct && !roomForHighHalf) {
                    sealInPlace(burst, from, to, context.address(direct));
                } else if (onArrays != null && burst.memory() instanceof HeapMemory array) {
                    sealOnArray(array, burst, from, to);
                } else {
                    sealStaged(burst, from, to);
                }
            } finally {
                context.leave();
            }
        }
    }

    private void sealInPlace(CryptoBurst burst, int from, int to, long base) {
        int first = from;
        while (first < to) {
            int count = seal(burst, first, Math.min(to, first + PACKETS_PER_CALL), base);
            first += count;
            if (count == 0) {
                burst.complete(first++, UNSEALABLE);
            }
        }
    }

    private void sealStaged(CryptoBurst burst, int from, int to) {
        Staging staging = context.staging();
        int first = from;
        while (first < to) {
            int count = staging.load(burst, first, to, layout, roomForHighHalf ? HIGH_HALF_OCTETS : 0);
            sealInPlace(staging.packets(), 0, count, staging.address());
            staging.store(burst, first);
            first += count;
            if (count == 0) {
                burst.complete(first++, UNSEALABLE);
            }
        }
    }

    private void sealOnArray(HeapMemory array, CryptoBurst burst, int from, int to) {
        for (int i = from; i < to; i++) {
            int at = burst.offset(i);
            int length = burst.length(i);
            byte status = UNSEALABLE;
            if (layout.isPacket(at, length, array.length())) {
                status = onArrays.seal(array, at, length, burst.sequence(i));
            }
            burst.complete(i, status);
        }
    }

    @Override
    public final void open(CryptoBurst burst, int from, int to, boolean restore) {
        if (begin(burst, from, to)) {
            try {
                if (burst.memory() instanceof DirectMemory direct && !roomForHighHalf) {
                    openInPlace(burst, from, to, context.address(direct), restore);
                } else if (onArrays != null && burst.memory() instanceof HeapMemory array) {
                    openOnArray(array, burst, from, to, restore);
                } else {
                    openStaged(burst, from, to, restore);
                }
            } finally {
                context.leave();
            }
        }
    }

    private void openInPlace(CryptoBurst burst, int from, int to, long base, boolean restore) {
        int first = from;
        while (first < to) {
            int count = open(burst, first, Math.min(to, first + PACKETS_PER_CALL), base, restore);
            first += count;
            if (count == 0) {
                burst.complete(first++, UNOPENABLE);
            }
        }
    }

    private void openStaged(CryptoBurst burst, int from, int to, boolean restore) {
        Staging staging = context.staging();
        int first = from;
        while (first < to) {
            int count = staging.load(burst, first, to, layout, roomForHighHalf ? HIGH_HALF_OCTETS : 0);
            openInPlace(staging.packets(), 0, count, staging.address(), restore);
            staging.store(burst, first);
            first += count;
            if (count == 0) {
                burst.complete(first++, UNOPENABLE);
            }
        }
    }

    private void openOnArray(HeapMemory array, CryptoBurst burst, int from, int to, boolean restore) {
        for (int i = from; i < to; i++) {
            int at = burst.offset(i);
            int length = burst.length(i);
            byte status = UNOPENABLE;
            if (layout.isPacket(at, length, array.length())) {
                status = onArrays.open(array, at, length, burst.sequence(i), restore);
            }
            burst.complete(i, status);
        }
    }

    /** Makes it usable, unless its key is closed. */
    final void attach() {
        attached = key.attach(this);
    }

    private boolean begin(CryptoBurst burst, int from, int to) {
        if (context.enter(key) && attached) {
            return true;
        }
        context.leave();
        for (int i = from; i < to; i++) {
            burst.complete(i, CryptoBurst.FAILED);
        }
        return false;
    }

    /**
     * Seals packets and completes them: from the first on, as many as {@link #end} allows.
     *
     * @param packets a burst of packets in direct memory
     * @param from the first of them
     * @param to the one after the last, at most {@value #PACKETS_PER_CALL} away
     * @param base the native address of position 0 of their memory
     * @return how many
     * @throws IndexOutOfBoundsException if a packet is not inside the memory
     */
    protected abstract int seal(CryptoBurst packets, int from, int to, long base);

    /**
     * Opens packets and completes them: from the first on, as many as {@link #end} allows.
     *
     * @param packets a burst of packets in direct memory
     * @param from the first of them
     * @param to the one after the last, at most {@value #PACKETS_PER_CALL} away
     * @param base the native address of position 0 of their memory
     * @param restore whether the octets of a refused packet are needed again
     * @return how many
     * @throws IndexOutOfBoundsException if a packet is not inside the memory
     */
    protected abstract int open(CryptoBurst packets, int from, int to, long base, boolean restore);

    /**
     * {@return the index after as many packets as C is to be given in one call; none from one on whose length no packet has}
     *
     * @param packets a burst of packets in direct memory
     * @param from the first of them
     * @param to the one after the last
     * @throws IndexOutOfBoundsException if a packet is not inside the memory
     */
    protected final int end(CryptoBurst packets, int from, int to) {
        if (roomForHighHalf) {
            return to; // they were looked at when they were staged
        }
        int regionOctets = packets.memory().length();
        int left = octetsPerCall();
        int packet = from;
        for (; packet < to; packet++) {
            left -= packets.length(packet);
            if ((left < 0 && packet > from) || !isPacket(packets, packet, regionOctets)) {
                break;
            }
        }
        return packet;
    }

    /** {@return how many octets a call should have at most, if it has several packets} */
    protected final int octetsPerCall() {
        return context.octetsPerCall();
    }

    /**
     * {@return whether C can be given a packet: it checks nothing itself}
     *
     * @param packets a burst of packets in direct memory
     * @param packet one of them
     * @param regionOctets the length of their memory
     * @throws IndexOutOfBoundsException if the packet is not inside the memory
     */
    protected final boolean isPacket(CryptoBurst packets, int packet, int regionOctets) {
        return layout.isPacket(packets.offset(packet), packets.length(packet), regionOctets);
    }

    /**
     * Completes packets that C could not work on, and leaves nothing of them behind the IV: who knows how far it came.
     *
     * @param packets a burst of packets
     * @param from the first of them
     * @param to the one after the last
     */
    protected final void fail(CryptoBurst packets, int from, int to) {
        int text = layout.textAt(0);
        for (int packet = from; packet < to; packet++) {
            packets.memory().zero(packets.offset(packet) + text, packets.length(packet) - text);
            packets.complete(packet, CryptoBurst.FAILED);
        }
    }

    /** Frees what this session allocated; called once, when no run is left: by its own closing or its key's. */
    protected abstract void release();

    @Override
    public final void close() {
        attached = false;
        context.forget(this);
        key.detach(this);
    }
}
