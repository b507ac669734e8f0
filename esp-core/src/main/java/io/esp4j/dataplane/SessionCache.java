package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A worker's crypto sessions: so many at most, the least recently used one is closed for a new one. Threads: single owner
 * thread.
 */
final class SessionCache implements CryptoEngine, AutoCloseable {
    private final int capacity;
    private final IdentityHashMap<CryptoProvider, CryptoContext> contexts = new IdentityHashMap<>();
    private final Map<SaCrypto, CryptoSession> sessions;
    private SaCrypto last;
    private CryptoSession lastSession;

    SessionCache(int capacity) {
        this.capacity = capacity;
        sessions = new LinkedHashMap<>(16, 0.75f, true);
    }

    @Override
    public void seal(OutboundSa sa, CryptoBurst operations, int from, int to) {
        CryptoSession session = of(sa.crypto());
        if (session != null) {
            session.seal(operations, from, to);
        }
    }

    @Override
    public void open(InboundSa sa, CryptoBurst operations, int from, int to, boolean restore) {
        CryptoSession session = of(sa.crypto());
        if (session != null) {
            session.open(operations, from, to, restore);
        }
    }

    /** {@return the session of an SA's key, or null if the key is retired or the provider cannot make one now} */
    CryptoSession of(SaCrypto crypto) {
        if (crypto.isRetired()) {
            return null;
        }
        if (crypto == last) {
            return lastSession;
        }
        CryptoSession session = sessions.get(crypto);
        if (session == null) {
            forgetLast(); // it may have to make room
            session = make(crypto);
            if (session == null) {
                return null;
            }
        }
        last = crypto;
        lastSession = session;
        return session;
    }

    private CryptoSession make(SaCrypto crypto) {
        try {
            return makeOrThrow(crypto);
        } catch (RuntimeException e) {
            return null; // the packets end as those of a device that failed, other SAs go on
        }
    }

    private CryptoSession makeOrThrow(SaCrypto crypto) {
        CryptoKey key = crypto.key();
        if (key == null) {
            return null;
        }
        if (sessions.size() >= capacity) {
            Iterator<CryptoSession> oldest = sessions.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        CryptoSession session = contexts.computeIfAbsent(crypto.provider(), CryptoProvider::newContext)
                .session(key);
        sessions.put(crypto, session);
        return session;
    }

    /** Closes the sessions of keys that were retired. */
    void dropRetired() {
        forgetLast();
        Iterator<Map.Entry<SaCrypto, CryptoSession>> entries =
                sessions.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<SaCrypto, CryptoSession> entry = entries.next();
            if (entry.getKey().isRetired()) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    private void forgetLast() {
        last = null;
        lastSession = null;
    }

    @Override
    public void close() {
        forgetLast();
        sessions.values().forEach(CryptoSession::close);
        sessions.clear();
        contexts.values().forEach(CryptoContext::close);
        contexts.clear();
    }
}
