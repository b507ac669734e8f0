package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.provider.EspLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A key whose octets lie in native memory. Threads: safe to share.
 *
 * <p>{@link #close()} returns when no run uses the key any more and its octets are overwritten and freed.
 */
public abstract class NativeKey implements CryptoKey {
    private final Transform transform;
    private final EspLayout layout;
    private List<NativeSession> sessions = List.of();
    private volatile boolean closed;

    /**
     * An open key.
     *
     * @param transform what it is for
     * @param esn whether sequence numbers are 64 bits long
     */
    protected NativeKey(Transform transform, boolean esn) {
        this.transform = transform;
        layout = new EspLayout(transform, esn);
    }

    @Override
    public final Transform transform() {
        return transform;
    }

    @Override
    public final boolean esn() {
        return layout.esn();
    }

    /** {@return where the parts of its packets lie} */
    public final EspLayout layout() {
        return layout;
    }

    final boolean closed() {
        return closed;
    }

    /** {@return whether this key is open and will clean up the session when it is closed} */
    final synchronized boolean attach(NativeSession session) {
        if (closed) {
            return false;
        }
        // Most keys have one session, and idle ones none: the list is made when it is needed.
        if (sessions.isEmpty()) {
            sessions = new ArrayList<>(1);
        }
        return sessions.add(session);
    }

    /** Runs the session's own clean-up, unless this key's closing did so before. */
    final synchronized void detach(NativeSession session) {
        if (!closed && !sessions.isEmpty() && sessions.remove(session)) {
            session.release();
        }
    }

    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (NativeSession session : sessions) {
            session.context().awaitOutside();
            session.release();
        }
        sessions = List.of();
        release();
    }

    /** Zeroises and frees the octets; called once, when no run is left. */
    protected abstract void release();

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + transform + (esn() ? ", ESN" : "") + (closed ? ", closed" : "") + "]";
    }
}
