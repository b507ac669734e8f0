package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.HeapMemory;
import java.util.Objects;

/**
 * One key in one context: guards the run, cuts it into batches, hands them to the transform. Threads: as its context.
 */
public abstract class NativeSession implements CryptoSession {
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

    /**
     * A session that stages packets of an array as they are.
     *
     * @param context whose thread uses it
     * @param key an open key
     */
    protected NativeSession(NativeContext context, NativeKey key) {
        this(context, key, false, null);
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
                if (onArrays != null && burst.memory() instanceof HeapMemory array) {
                    sealOnArray(array, burst, from, to);
                } else {
                    sealInBatches(burst, from, to);
                }
            } finally {
                context.leave();
            }
        }
    }

    private void sealInBatches(CryptoBurst burst, int from, int to) {
        PacketBatch batch = context.batch();
        int first = from;
        while (first < to) {
            int count = batch.load(burst, first, to, layout, roomForHighHalf);
            if (count == 0) {
                burst.complete(first++, UNSEALABLE);
            } else {
                int start = batch.first(first);
                seal(batch.packets(burst), start, start + count, batch.base());
                batch.store(burst, first);
                first += count;
            }
        }
    }

    private void sealOnArray(HeapMemory array, CryptoBurst burst, int from, int to) {
        for (int i = from; i < to; i++) {
            int at = burst.offset(i);
            int octets = burst.length(i);
            byte status = UNSEALABLE;
            if (PacketBatch.fits(layout, octets)) {
                Objects.checkFromIndexSize(at, octets, array.length());
                status = onArrays.seal(array, at, octets, burst.sequence(i));
            }
            burst.complete(i, status);
        }
    }

    @Override
    public final void open(CryptoBurst burst, int from, int to, boolean restore) {
        if (begin(burst, from, to)) {
            try {
                if (onArrays != null && burst.memory() instanceof HeapMemory array) {
                    openOnArray(array, burst, from, to, restore);
                } else {
                    openInBatches(burst, from, to, restore);
                }
            } finally {
                context.leave();
            }
        }
    }

    private void openInBatches(CryptoBurst burst, int from, int to, boolean restore) {
        PacketBatch batch = context.batch();
        int first = from;
        while (first < to) {
            int count = batch.load(burst, first, to, layout, roomForHighHalf);
            if (count == 0) {
                burst.complete(first++, UNOPENABLE);
            } else {
                int start = batch.first(first);
                open(batch.packets(burst), start, start + count, batch.base(), restore);
                batch.store(burst, first);
                first += count;
            }
        }
    }

    private void openOnArray(HeapMemory array, CryptoBurst burst, int from, int to, boolean restore) {
        for (int i = from; i < to; i++) {
            int at = burst.offset(i);
            int octets = burst.length(i);
            byte status = UNOPENABLE;
            if (PacketBatch.fits(layout, octets)) {
                Objects.checkFromIndexSize(at, octets, array.length());
                status = onArrays.open(array, at, octets, burst.sequence(i), restore);
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
     * Seals packets and completes them.
     *
     * @param packets a burst of packets in direct memory
     * @param from the first of them, at most {@value PacketBatch#CAPACITY}
     * @param to the one after the last
     * @param base the native address of position 0 of their memory
     */
    protected abstract void seal(CryptoBurst packets, int from, int to, long base);

    /**
     * Opens packets and completes them.
     *
     * @param packets a burst of packets in direct memory
     * @param from the first of them, at most {@value PacketBatch#CAPACITY}
     * @param to the one after the last
     * @param base the native address of position 0 of their memory
     * @param restore whether the octets of a refused packet are needed again
     */
    protected abstract void open(CryptoBurst packets, int from, int to, long base, boolean restore);

    /** Frees what this session allocated; called once, when no run is left: by its own closing or its key's. */
    protected abstract void release();

    @Override
    public final void close() {
        attached = false;
        context.forget(this);
        key.detach(this);
    }
}
