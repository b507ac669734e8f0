package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.memory.DirectMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * One thread's part of a native provider. Threads: single owner thread; any thread may close it.
 */
public abstract class NativeContext implements CryptoContext {
    private static final VarHandle RUNS;
    private static final int SPINS = 1000;
    private static final long PAUSE_NANOS = 20_000;

    static {
        try {
            RUNS = MethodHandles.lookup().findVarHandle(NativeContext.class, "runs", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final NativeHeap heap;
    private final ToLongFunction<ByteBuffer> addresses;
    private final int octetsPerCall;
    private final Staging staging;
    private final Set<NativeSession> sessions = new HashSet<>();
    private long runs;
    private volatile boolean closed;

    /**
     * A context without sessions.
     *
     * @param heap where its memory comes from
     * @param binding resolves addresses of direct memory
     * @param octetsPerCall how many octets a call of C should have at most, if it has several packets
     */
    protected NativeContext(NativeHeap heap, Binding binding, int octetsPerCall) {
        this.heap = heap;
        this.octetsPerCall = octetsPerCall;
        addresses = binding::address;
        staging = new Staging(heap, octetsPerCall);
    }

    /** {@return where its memory comes from} */
    protected final NativeHeap heap() {
        return heap;
    }

    /** {@return the native address of position 0} */
    final long address(DirectMemory memory) {
        return memory.address(addresses);
    }

    final int octetsPerCall() {
        return octetsPerCall;
    }

    final Staging staging() {
        return staging;
    }

    /**
     * Makes a session and keeps it until it is closed. If its key or this context is closed meanwhile it is as good as closed itself.
     *
     * @param make makes it; this context's memory stays while it does
     * @return the session
     * @throws IllegalStateException if this context is closed: its memory is gone
     */
    protected final CryptoSession adopt(Supplier<NativeSession> make) {
        NativeSession session = insideRun(make);
        synchronized (sessions) {
            if (!closed) {
                sessions.add(session);
                session.attach();
            }
        }
        return session;
    }

    private NativeSession insideRun(Supplier<NativeSession> make) {
        enter();
        try {
            if (closed) {
                throw new IllegalStateException("the context is closed");
            }
            return make.get();
        } finally {
            leave();
        }
    }

    final void forget(NativeSession session) {
        synchronized (sessions) {
            sessions.remove(session);
        }
    }

    /**
     * Begins a run. {@link #leave} must follow, whatever this returns.
     *
     * @return whether key and context are open, and stay so until {@link #leave}
     */
    final boolean enter(NativeKey key) {
        enter();
        return !key.closed() && !closed;
    }

    /** Volatile accesses have one order for all threads: either we see that it is closed, or the closing thread sees our run. */
    private void enter() {
        RUNS.setVolatile(this, runs + 1);
    }

    /** Ends a run. */
    final void leave() {
        RUNS.setRelease(this, runs + 1);
    }

    /** Waits until this context was seen outside a run that began before the call. */
    final void awaitOutside() {
        long seen = (long) RUNS.getVolatile(this);
        for (int i = 0; (seen & 1) != 0 && (long) RUNS.getVolatile(this) == seen; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public final void close() {
        List<NativeSession> open;
        synchronized (sessions) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(sessions);
        }
        awaitOutside();
        open.forEach(NativeSession::close);
        staging.free();
        release();
    }

    /** Zeroises and frees what the subclass allocated; called once, when no run is left. */
    protected abstract void release();
}
