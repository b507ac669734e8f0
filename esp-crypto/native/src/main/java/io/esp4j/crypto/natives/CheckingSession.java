package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoBurst;

/** A session that looks at all packets of a call before it gives any of them to C. Threads: as its context. */
public abstract class CheckingSession extends NativeSession {
    /**
     * A session. See {@link NativeSession}.
     *
     * @param context whose thread uses it
     * @param key an open key
     * @param roomForHighHalf whether every packet is staged with four octets of room behind its SPI
     */
    protected CheckingSession(NativeContext context, NativeKey key, boolean roomForHighHalf) {
        super(context, key, roomForHighHalf, null);
    }

    @Override
    protected final int seal(CryptoBurst packets, int from, int to, long base) {
        int end = end(packets, from, to);
        if (end > from) {
            sealChecked(packets, from, end, base);
        }
        return end - from;
    }

    @Override
    protected final int open(CryptoBurst packets, int from, int to, long base, boolean restore) {
        int end = end(packets, from, to);
        if (end > from) {
            openChecked(packets, from, end, base, restore);
        }
        return end - from;
    }

    /** Seals packets, one at least, and completes them. See {@link #seal}: all of them can be given to C. */
    protected abstract void sealChecked(CryptoBurst packets, int from, int to, long base);

    /** Opens packets, one at least, and completes them. See {@link #open}: all of them can be given to C. */
    protected abstract void openChecked(CryptoBurst packets, int from, int to, long base, boolean restore);
}
