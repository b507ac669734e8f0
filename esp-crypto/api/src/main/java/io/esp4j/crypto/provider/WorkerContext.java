package io.esp4j.crypto.provider;

import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A context of array sessions: their scratch memory, and the sessions to close with it.
 *
 * <p>Scratch memory grows to the longest packet seen and is then used again and again. Threads: single owner thread.
 *
 * @param <K> the provider's keys
 */
public final class WorkerContext<K extends ExpandedKey> implements CryptoContext {
    private static final int INITIAL_OCTETS = 2048;

    private final String provider;
    private final Class<K> keys;
    private final BiFunction<K, WorkerContext<K>, ArraySession> sessions;
    private final Set<ArraySession> open = new LinkedHashSet<>();
    private HeapMemory stage = Memory.of(new byte[INITIAL_OCTETS]);
    private HeapMemory aside = Memory.of(new byte[INITIAL_OCTETS]);
    private boolean closed;

    /**
     * A context of a provider.
     *
     * @param provider its name, for messages
     * @param keys the class of its keys
     * @param sessions makes a session of a key
     */
    public WorkerContext(String provider, Class<K> keys, BiFunction<K, WorkerContext<K>, ArraySession> sessions) {
        this.provider = provider;
        this.keys = keys;
        this.sessions = sessions;
    }

    @Override
    public CryptoSession session(CryptoKey key) {
        if (!keys.isInstance(key)) {
            throw new IllegalArgumentException("expected a key of provider " + provider + ", found " + key);
        }
        if (closed) {
            throw new IllegalStateException("the context of provider " + provider + " is closed");
        }
        ArraySession session = sessions.apply(keys.cast(key), this);
        open.add(session);
        return session;
    }

    void forget(ArraySession session) {
        open.remove(session);
    }

    /** Where a packet of direct memory is staged. */
    HeapMemory stage(int octets) {
        if (stage.length() < octets) {
            stage = larger(stage, octets);
        }
        return stage;
    }

    /** Where a packet is decrypted aside. */
    HeapMemory aside(int octets) {
        if (aside.length() < octets) {
            aside = larger(aside, octets);
        }
        return aside;
    }

    private static HeapMemory larger(Memory old, int octets) {
        old.zero(0, old.length());
        int next = Integer.highestOneBit(octets - 1) << 1;
        return Memory.of(new byte[next > 0 ? next : octets]);
    }

    @Override
    public void close() {
        closed = true;
        for (ArraySession session : open.toArray(ArraySession[]::new)) {
            session.close();
        }
        Arrays.fill(stage.array(), (byte) 0);
        Arrays.fill(aside.array(), (byte) 0);
    }
}
