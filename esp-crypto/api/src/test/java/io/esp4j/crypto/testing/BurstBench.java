package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A burst of packets of one key in one memory, with guard octets between them that must stay as they are. */
final class BurstBench implements AutoCloseable {
    private static final byte GUARD = 0x6b;
    private static final int GUARD_OCTETS = 37;

    private final List<EspCase> packets = new ArrayList<>();
    private final Memory memory;
    private final CryptoBurst burst;
    private final CryptoKey key;
    private final CryptoContext context;
    private final CryptoSession session;

    BurstBench(CryptoProvider provider, Transform transform, boolean direct, Random random, int... payloads) {
        byte[] keyOctets = EspOracle.octets(random, transform.keyOctets() + transform.saltOctets());
        byte[] integrityKey = EspOracle.octets(random, transform.integrityKeyOctets());
        int octets = GUARD_OCTETS;
        for (int payload : payloads) {
            long sequence = 0x3_ffff_fffeL + packets.size();
            packets.add(EspOracle.packet(transform, true, sequence, keyOctets, integrityKey, random, payload));
            octets += packets.get(packets.size() - 1).packet().length + GUARD_OCTETS;
        }
        memory = direct ? Memory.allocateDirect(octets) : Memory.of(new byte[octets]);
        burst = new CryptoBurst(payloads.length);
        key = provider.expand(transform, true, KeyingMaterial.of(keyOctets, integrityKey));
        context = provider.newContext();
        session = context.session(key);
    }

    int size() {
        return packets.size();
    }

    EspCase packet(int index) {
        return packets.get(index);
    }

    CryptoBurst burst() {
        return burst;
    }

    CryptoSession session() {
        return session;
    }

    void layClear() {
        lay(EspCase::clear);
    }

    void layPackets() {
        lay(EspCase::packet);
    }

    private void lay(Function<EspCase, byte[]> octets) {
        byte[] guard = new byte[memory.length()];
        Arrays.fill(guard, GUARD);
        memory.write(0, guard, 0, guard.length);
        burst.reset(memory);
        int at = GUARD_OCTETS;
        for (EspCase packet : packets) {
            byte[] laid = octets.apply(packet);
            memory.write(at, laid, 0, laid.length);
            burst.add(at, laid.length, packet.sequence());
            at += laid.length + GUARD_OCTETS;
        }
    }

    void lay(int index, byte[] octets) {
        memory.write(burst.offset(index), octets, 0, octets.length);
    }

    void assertAll(byte status, Function<EspCase, byte[]> expected) {
        for (int i = 0; i < packets.size(); i++) {
            assertOne(i, status, expected.apply(packets.get(i)));
        }
    }

    void assertOne(int index, byte status, byte[] expected) {
        String which = packets.get(index).transform() + " packet " + index;
        assertEquals(status, burst.status(index), which);
        int at = burst.offset(index) - GUARD_OCTETS;
        byte[] found = new byte[expected.length + 2 * GUARD_OCTETS];
        memory.read(at, found, 0, found.length);
        byte[] guarded = new byte[found.length];
        Arrays.fill(guarded, GUARD);
        System.arraycopy(expected, 0, guarded, GUARD_OCTETS, expected.length);
        assertArrayEquals(guarded, found, which);
    }

    @Override
    public void close() {
        context.close();
        key.close();
    }
}
