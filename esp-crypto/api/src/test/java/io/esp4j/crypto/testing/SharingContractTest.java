package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several threads and one key. */
public abstract class SharingContractTest {
    private static final int THREADS = 4;
    private static final int PACKETS = 60;

    /** The provider under test. */
    protected abstract CryptoProvider provider();

    @Test
    void shouldShareAKeyAmongThreads() throws Exception {
        for (Transform transform : Transform.all()) {
            if (provider().supports(transform)) {
                share(transform);
            }
        }
    }

    private void share(Transform transform) throws Exception {
        Random random = new Random(transform.name().hashCode());
        byte[] keyOctets = EspOracle.octets(random, transform.keyOctets() + transform.saltOctets());
        byte[] integrityKey = EspOracle.octets(random, transform.integrityKeyOctets());
        List<EspCase> packets = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            packets.add(EspOracle.packet(transform, true, i + 1L, keyOctets, integrityKey, random, i * 3));
        }
        try (CryptoKey key = provider().expand(transform, true, KeyingMaterial.of(keyOctets, integrityKey))) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Callable<Void>> workers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                workers.add(() -> {
                    start.await();
                    sealAndOpen(key, packets, own);
                    return null;
                });
            }
            runAll(workers);
        }
    }

    private void sealAndOpen(CryptoKey key, List<EspCase> packets, int own) {
        try (CryptoContext context = provider().newContext();
                CryptoSession session = context.session(key)) {
            Memory memory = own % 2 == 0 ? Memory.of(new byte[512]) : Memory.allocateDirect(512);
            CryptoBurst burst = new CryptoBurst(1);
            for (EspCase packet : packets) {
                byte[] sealed = run(session, burst, memory, packet.clear(), packet.sequence(), true);
                assertEquals(CryptoBurst.DONE, burst.status(0), packet::toString);
                assertArrayEquals(packet.packet(), sealed, packet::toString);
                byte[] opened = run(session, burst, memory, packet.packet(), packet.sequence(), false);
                assertEquals(CryptoBurst.DONE, burst.status(0), packet::toString);
                assertArrayEquals(packet.opened(), opened, packet::toString);
            }
        }
    }

    @Test
    void shouldNeverComputeWithAnOverwrittenKeyWhenItIsClosedMeanwhile() throws Exception {
        for (Transform transform : Transform.all()) {
            if (provider().supports(transform)) {
                for (int round = 0; round < 4; round++) {
                    closeMeanwhile(transform, round);
                }
            }
        }
    }

    private void closeMeanwhile(Transform transform, int round) throws Exception {
        Random random = new Random(round);
        byte[] keyOctets = EspOracle.octets(random, transform.keyOctets() + transform.saltOctets());
        byte[] integrityKey = EspOracle.octets(random, transform.integrityKeyOctets());
        EspCase even = EspOracle.packet(transform, true, 2, keyOctets, integrityKey, random, 900);
        EspCase odd = EspOracle.packet(transform, true, 3, keyOctets, integrityKey, random, 900);
        EspCase forged = forgedUnderZeros(transform, random);
        CryptoKey key = provider().expand(transform, true, KeyingMaterial.of(keyOctets, integrityKey));
        CountDownLatch running = new CountDownLatch(1);
        Callable<Void> worker = () -> {
            try (CryptoContext context = provider().newContext();
                    CryptoSession session = context.session(key)) {
                Memory memory = Memory.of(new byte[1200]);
                CryptoBurst burst = new CryptoBurst(1);
                for (int i = 0; ; i++) {
                    EspCase packet = i % 2 == 0 ? even : odd;
                    byte[] sealed = run(session, burst, memory, packet.clear(), packet.sequence(), true);
                    if (burst.status(0) == CryptoBurst.FAILED) {
                        return null;
                    }
                    assertArrayEquals(packet.packet(), sealed, packet::toString);
                    run(session, burst, memory, forged.packet(), forged.sequence(), false);
                    assertTrue(burst.status(0) != CryptoBurst.DONE, "a packet under a key of zeros was accepted");
                    running.countDown();
                }
            }
        };
        Callable<Void> closer = () -> {
            running.await();
            Thread.sleep(0, 200_000 * round);
            key.close();
            return null;
        };
        runAll(List.of(worker, closer));
    }

    /** What an attacker would send who knew that a key is overwritten with zeros. */
    private static EspCase forgedUnderZeros(Transform transform, Random random) {
        byte[] zeros = new byte[transform.keyOctets() + transform.saltOctets()];
        return EspOracle.packet(transform, true, 5, zeros, new byte[transform.integrityKeyOctets()], random, 900);
    }

    private static byte[] run(
            CryptoSession session, CryptoBurst burst, Memory memory, byte[] octets, long sequence, boolean seal) {
        memory.write(0, octets, 0, octets.length);
        burst.reset(memory);
        burst.add(0, octets.length, sequence);
        if (seal) {
            session.seal(burst, 0, 1);
        } else {
            session.open(burst, 0, 1, false);
        }
        byte[] result = Arrays.copyOf(octets, octets.length);
        memory.read(0, result, 0, result.length);
        return result;
    }

    private static void runAll(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> result : threads.invokeAll(tasks)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
