package io.esp4j.crypto.testing;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.List;

/** One key and one session of a provider, with single packets in and out of them. */
public final class Seam implements AutoCloseable {
    private static final int PACKET_AT = 24;

    private final CryptoContext context;
    private final CryptoKey key;
    private final CryptoSession session;

    public Seam(CryptoProvider provider, Transform transform, boolean esn, byte[] keyOctets, byte[] integrityKey) {
        key = provider.expand(transform, esn, KeyingMaterial.of(keyOctets, integrityKey));
        context = provider.newContext();
        session = context.session(key);
    }

    public Seam(CryptoProvider provider, EspCase packet) {
        this(provider, packet.transform(), packet.esn(), packet.key(), packet.integrityKey());
    }

    /** What became of one packet. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Result(byte status, byte[] octets) {}

    public CryptoSession session() {
        return session;
    }

    public CryptoKey key() {
        return key;
    }

    public CryptoContext context() {
        return context;
    }

    /** An array and a direct buffer of a length. */
    public static List<Memory> memories(int octets) {
        return List.of(Memory.of(new byte[octets]), Memory.allocateDirect(octets));
    }

    public Result seal(Memory memory, byte[] clear, long sequence) {
        CryptoBurst burst = lay(memory, clear, sequence);
        session.seal(burst, 0, 1);
        return result(burst);
    }

    public Result open(Memory memory, byte[] packet, long sequence, boolean restore) {
        CryptoBurst burst = lay(memory, packet, sequence);
        session.open(burst, 0, 1, restore);
        return result(burst);
    }

    private static CryptoBurst lay(Memory memory, byte[] octets, long sequence) {
        memory.write(PACKET_AT, octets, 0, octets.length);
        CryptoBurst burst = new CryptoBurst(1);
        burst.reset(memory);
        burst.add(PACKET_AT, octets.length, sequence);
        return burst;
    }

    private static Result result(CryptoBurst burst) {
        byte[] octets = new byte[burst.length(0)];
        burst.memory().read(PACKET_AT, octets, 0, octets.length);
        return new Result(burst.status(0), octets);
    }

    @Override
    public void close() {
        session.close();
        context.close();
        key.close();
    }
}
