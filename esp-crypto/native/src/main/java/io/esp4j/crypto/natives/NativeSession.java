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
        for (int first = from; first < to; first += batch.size()) {
            batch.load(burst, first, to, layout, roomForHighHalf);
            if (batch.size() > 0) {
                seal(batch, burst, first);
                batch.store(burst, first);
            } else {
                burst.complete(first++, UNSEALABLE);
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
        for (int first = from; first < to; first += batch.size()) {
            batch.load(burst, first, to, layout, roomForHighHalf);
            if (batch.size() > 0) {
                open(batch, burst, first, restore);
                batch.store(burst, first);
            } else {
                burst.complete(first++, UNOPENABLE);
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
     * Seals the packets of a batch and completes them.
     *
     * @param batch where they lie
     * @param burst their sequence numbers and status
     * @param first index in the burst of the batch's packet 0
     */
    protected abstract void seal(PacketBatch batch, CryptoBurst burst, int first);

    /**
     * Opens the packets of a batch and completes them.
     *
     * @param batch where they lie
     * @param burst their sequence numbers and status
     * @param first index in the burst of the batch's packet 0
     * @param restore whether the octets of a refused packet are needed again
     */
    protected abstract void open(PacketBatch batch, CryptoBurst burst, int first, boolean restore);

    /** Frees what this session allocated; called once, when no run is left: by its own closing or its key's. */
    protected abstract void release();

    @Override
    public final void close() {
        attached = false;
        context.forget(this);
        key.detach(this);
    }
}
