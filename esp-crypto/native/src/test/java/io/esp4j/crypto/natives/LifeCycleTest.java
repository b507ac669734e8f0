package io.esp4j.crypto.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.ipsecmb.IpsecMbProvider;
import io.esp4j.crypto.natives.openssl.OpenSslProvider;
import io.esp4j.memory.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Native memory is freed once, and never while somebody uses it. */
class LifeCycleTest {
    private static final int PACKETS = 32;
    private static final int PACKET_OCTETS = 1456;

    static Stream<NativeProvider<?>> providers() {
        return Stream.of(new IpsecMbProvider(), new OpenSslProvider());
    }

    private static CryptoKey key(NativeProvider<?> provider, Transform transform) {
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        return provider.expand(transform, true, KeyingMaterial.of(key, new byte[transform.integrityKeyOctets()]));
    }

    private static CryptoBurst burst(Memory memory) {
        CryptoBurst burst = new CryptoBurst(PACKETS);
        burst.reset(memory);
        for (int i = 0; i < PACKETS; i++) {
            burst.add(i * PACKET_OCTETS, PACKET_OCTETS, i + 1L);
        }
        return burst;
    }

    /** A packet length that fits every transform: 1456 less 24 and an ICV is a multiple of 16 for ICVs of 16 and 32. */
    private static Stream<Transform> transforms(NativeProvider<?> provider) {
        return Transform.all().stream()
                .filter(t -> provider.supports(t))
                .filter(t -> (PACKET_OCTETS - t.overheadOctets()) % t.alignment() == 0);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldHoldNoNativeMemoryAfterEverythingIsClosedInAnyOrder(NativeProvider<?> provider) {
        Installed.assume(provider);
        Memory array = Memory.of(new byte[PACKETS * PACKET_OCTETS]);
        transforms(provider).forEach(transform -> {
            for (int order = 0; order < 3; order++) {
                CryptoKey key = key(provider, transform);
                CryptoContext context = provider.newContext();
                CryptoSession session = context.session(key);
                CryptoBurst burst = burst(array);
                session.seal(burst, 0, PACKETS);
                session.open(burst, 0, PACKETS, true);
                assertEquals(CryptoBurst.DONE, burst.status(PACKETS - 1), transform::name);
                assertTrue(provider.nativeOctetsInUse() > 0);
                for (int step = 0; step < 6; step++) {
                    AutoCloseable[] parts = {key, context, session};
                    close(parts[(step + order) % 3]);
                }
                assertEquals(0, provider.nativeOctetsInUse(), transform::name);
            }
        });
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldNotGrowOverAThousandCycles(NativeProvider<?> provider) throws IOException {
        Installed.assume(provider);
        Memory memory = Memory.allocateDirect(PACKETS * PACKET_OCTETS);
        cycle(provider, memory, 200);
        long before = residentOctets();
        cycle(provider, memory, 1000);
        assertEquals(0, provider.nativeOctetsInUse());
        // One leaked context a cycle would be 250 MiB, one leaked key or OpenSSL context about a megabyte: the heap's
        // noise hides the latter.
        long growth = residentOctets() - before;
        assertTrue(growth < 64 << 20, "resident memory grew by " + growth + " octets");
    }

    private static void cycle(NativeProvider<?> provider, Memory memory, int cycles) {
        CryptoBurst burst = burst(memory);
        for (int i = 0; i < cycles; i++) {
            try (CryptoKey key = key(provider, Transform.named("aes256gcm16"));
                    CryptoContext context = provider.newContext();
                    CryptoSession session = context.session(key)) {
                session.seal(burst, 0, 1);
                session.open(burst, 0, 1, false);
            }
        }
    }

    private static long residentOctets() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        if (!Files.exists(statm)) {
            return 0;
        }
        return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldLetAnotherThreadCloseKeyAndContextWhileOneSeals(NativeProvider<?> provider) throws Exception {
        Installed.assume(provider);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            for (Transform transform : transforms(provider).toList()) {
                for (boolean closeKey : new boolean[] {true, false}) {
                    closeWhileSealing(provider, transform, closeKey, threads);
                }
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(0, provider.nativeOctetsInUse());
    }

    private static void closeWhileSealing(
            NativeProvider<?> provider, Transform transform, boolean closeKey, ExecutorService threads)
            throws ExecutionException, InterruptedException {
        CryptoKey key = key(provider, transform);
        CryptoContext context = provider.newContext();
        CountDownLatch running = new CountDownLatch(1);
        Future<Long> sealed = threads.submit(() -> sealUntilClosed(context, key, running));
        running.await();
        if (closeKey) {
            key.close();
        } else {
            context.close();
        }
        assertTrue(sealed.get() >= 1);
        key.close();
        context.close();
    }

    /** {@return how many runs were done; each gives the octets of the first} */
    private static long sealUntilClosed(CryptoContext context, CryptoKey key, CountDownLatch running) {
        byte[] clear = new byte[PACKETS * PACKET_OCTETS];
        byte[] first = null;
        Memory memory = Memory.allocateDirect(clear.length);
        CryptoBurst burst = burst(memory);
        for (long runs = 0; ; runs++) {
            memory.write(0, clear, 0, clear.length);
            try (CryptoSession session = context.session(key)) {
                session.seal(burst, 0, PACKETS);
            } catch (IllegalStateException e) {
                assertEquals("the context is closed", e.getMessage());
                return runs;
            }
            running.countDown();
            byte status = burst.status(0);
            for (int i = 0; i < PACKETS; i++) {
                assertEquals(status, burst.status(i), "a run is all or nothing");
            }
            if (status != CryptoBurst.DONE) {
                return runs;
            }
            byte[] found = new byte[clear.length];
            memory.read(0, found, 0, found.length);
            if (first == null) {
                first = found;
            }
            assertArrayEquals(first, found);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldRefuseASessionOfAClosedContext(NativeProvider<?> provider) {
        Installed.assume(provider);
        try (CryptoKey key = key(provider, Transform.named("aes128gcm16"))) {
            CryptoContext context = provider.newContext();
            context.close();
            assertThrows(IllegalStateException.class, () -> context.session(key));
        }
    }
}
