package io.esp4j.crypto.provider;

import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.Transform;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A key whose octets are overwritten exactly once.
 *
 * <p>Threads: safe to share. A session reads {@link #closed()} after it computed: false means that every octet it used
 * was still the key's, because the flag is raised, and a fence passed, before the first octet is overwritten.
 */
public abstract class ExpandedKey implements CryptoKey {
    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(ExpandedKey.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Transform transform;
    private final EspLayout layout;
    private volatile boolean closed;

    /**
     * An open key.
     *
     * @param transform what it is for
     * @param esn whether sequence numbers are 64 bits long
     */
    protected ExpandedKey(Transform transform, boolean esn) {
        this.transform = transform;
        this.layout = new EspLayout(transform, esn);
    }

    @Override
    public final Transform transform() {
        return transform;
    }

    @Override
    public final boolean esn() {
        return layout.esn();
    }

    /** {@return the layout of its packets} */
    public final EspLayout layout() {
        return layout;
    }

    /** {@return whether its octets may have been overwritten by now} */
    public final boolean closed() {
        VarHandle.acquireFence();
        return closed;
    }

    @Override
    public final void close() {
        if (CLOSED.compareAndSet(this, false, true)) {
            VarHandle.fullFence();
            overwrite();
        }
    }

    /** Overwrites every octet of the key; called once. */
    protected abstract void overwrite();

    @Override
    public final String toString() {
        return "key of " + transform + (esn() ? " with ESN" : "") + (closed ? ", closed" : "");
    }
}
