package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoSession;

/**
 * One key in one context: guards the run, cuts it into batches, hands them to the transform. Threads: as its context.
 */
public abstract class NativeSession implements CryptoSession {
    private final NativeContext context;
    private final NativeKey key;
    private final PacketShape shape;
    private boolean attached;

    /**
     * A session.
     *
     * @param context whose thread uses it
     * @param key an open key
     * @param shape of its packets
     */
    protected NativeSession(NativeContext context, NativeKey key, PacketShape shape) {
        this.context = context;
        this.key = key;
        this.shape = shape;
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
                PacketBatch batch = context.batch();
                for (int first = from; first < to; first += batch.size()) {
                    batch.load(burst, first, to, shape);
                    if (batch.size() > 0) {
                        seal(batch, burst, first);
                        batch.store(burst, first);
                    } else {
                        // A packet of no possible length: it can't be sealed.
                        burst.complete(first++, CryptoBurst.FAILED);
                    }
                }
            } finally {
                context.leave();
            }
        }
    }

    @Override
    public final void open(CryptoBurst burst, int from, int to, boolean restore) {
        if (begin(burst, from, to)) {
            try {
                PacketBatch batch = context.batch();
                for (int first = from; first < to; first += batch.size()) {
                    batch.load(burst, first, to, shape);
                    if (batch.size() > 0) {
                        open(batch, burst, first, restore);
                        batch.store(burst, first);
                    } else {
                        // A packet of no possible length: no ICV can be right.
                        burst.complete(first++, CryptoBurst.ICV_MISMATCH);
                    }
                }
            } finally {
                context.leave();
            }
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
