package io.esp4j.crypto.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.ipsecmb.IpsecMbProvider;
import io.esp4j.crypto.natives.openssl.OpenSslProvider;
import io.esp4j.crypto.testing.AllocatedOctets;
import io.esp4j.crypto.testing.EspCase;
import io.esp4j.crypto.testing.EspOracle;
import io.esp4j.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What native providers do with bursts behind the seam: cutting, templates, addresses, nothing allocated. */
class NativeBurstTest {
    private static final int JDK_LENDING_ARRAYS = 22;

    private static final List<String> ONE_OF_EACH_KIND =
            List.of("aes128gcm16", "aes256ccm8-iiv", "chacha20poly1305", "aes128gmac", "aes128-sha256", "null-sha512");

    private final Random random = new Random(4303);

    static Stream<NativeProvider<?>> providers() {
        return Stream.of(new IpsecMbProvider(), new OpenSslProvider());
    }

    private static List<Transform> transforms(CryptoProvider provider) {
        return Transform.all().stream().filter(provider::supports).toList();
    }

    private static CryptoKey key(CryptoProvider provider, Transform transform, Random random, boolean esn) {
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        byte[] integrityKey = new byte[transform.integrityKeyOctets()];
        random.nextBytes(key);
        random.nextBytes(integrityKey);
        return provider.expand(transform, esn, KeyingMaterial.of(key, integrityKey));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldCutLongRunsIntoCallsWithoutAnyoneNoticing(NativeProvider<?> provider) {
        Installed.assume(provider);
        for (String name : ONE_OF_EACH_KIND) {
            for (boolean direct : new boolean[] {true, false}) {
                sealAndOpenLongRun(provider, Transform.named(name), direct, 150, 40);
                sealAndOpenLongRun(provider, Transform.named(name), direct, 40, 9000);
                sealAndOpenLongRun(provider, Transform.named(name), direct, 3, 65_400);
            }
        }
    }

    private void sealAndOpenLongRun(
            CryptoProvider provider, Transform transform, boolean direct, int packets, int payloadOctets) {
        byte[] keyOctets = octets(transform.keyOctets() + transform.saltOctets());
        byte[] integrityKey = octets(transform.integrityKeyOctets());
        EspCase c = EspOracle.packet(transform, true, 7, keyOctets, integrityKey, random, payloadOctets);
        int stride = c.packet().length;
        Memory memory = direct ? Memory.allocateDirect(packets * stride) : Memory.of(new byte[packets * stride]);
        CryptoBurst burst = new CryptoBurst(packets);
        burst.reset(memory);
        for (int i = 0; i < packets; i++) {
            memory.write(i * stride, c.clear(), 0, stride);
            burst.add(i * stride, stride, 7);
        }
        try (CryptoKey key = provider.expand(transform, true, KeyingMaterial.of(keyOctets, integrityKey));
                CryptoContext context = provider.newContext();
                CryptoSession session = context.session(key)) {
            session.seal(burst, 0, packets);
            assertAll(burst, c.packet(), transform);
            session.open(burst, 0, packets, true);
            assertAll(burst, c.opened(), transform);
        }
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private static void assertAll(CryptoBurst burst, byte[] expected, Transform transform) {
        byte[] found = new byte[expected.length];
        for (int i = 0; i < burst.size(); i++) {
            assertEquals(CryptoBurst.DONE, burst.status(i), transform::name);
            burst.memory().read(burst.offset(i), found, 0, found.length);
            assertArrayEquals(expected, found, transform + " packet " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldKeepSessionsOfOneContextApart(NativeProvider<?> provider) {
        Installed.assume(provider);
        List<EspCase> cases = new ArrayList<>();
        List<CryptoKey> keys = new ArrayList<>();
        List<CryptoSession> sessions = new ArrayList<>();
        try (CryptoContext context = provider.newContext()) {
            for (Transform transform : transforms(provider)) {
                EspCase c = EspOracle.random(transform, random, 100);
                CryptoKey key = provider.expand(transform, c.esn(), KeyingMaterial.of(c.key(), c.integrityKey()));
                cases.add(c);
                keys.add(key);
                sessions.add(context.session(key));
            }
            Memory memory = Memory.allocateDirect(4096);
            for (int step = 0; step < 3000; step++) {
                int which = random.nextInt(cases.size());
                boolean seal = random.nextBoolean();
                EspCase c = cases.get(which);
                runCopies(sessions.get(which), c, seal, memory, 1 + random.nextInt(5));
            }
        }
        keys.forEach(CryptoKey::close);
    }

    private static void runCopies(CryptoSession session, EspCase c, boolean seal, Memory memory, int copies) {
        int stride = c.packet().length;
        CryptoBurst burst = new CryptoBurst(copies);
        burst.reset(memory);
        for (int i = 0; i < copies; i++) {
            memory.write(i * stride, seal ? c.clear() : c.packet(), 0, stride);
            burst.add(i * stride, stride, c.sequence());
        }
        if (seal) {
            session.seal(burst, 0, copies);
        } else {
            session.open(burst, 0, copies, false);
        }
        assertAll(burst, seal ? c.packet() : c.opened(), c.transform());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldFindEveryRegionHoweverManyThereAre(NativeProvider<?> provider) {
        Installed.assume(provider);
        EspCase c = EspOracle.random(Transform.named("aes128gcm16"), random, 64);
        try (CryptoKey key = provider.expand(c.transform(), c.esn(), KeyingMaterial.of(c.key(), c.integrityKey()));
                CryptoContext context = provider.newContext();
                CryptoSession session = context.session(key)) {
            List<Memory> regions = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                regions.add(Memory.allocateDirect(c.packet().length));
            }
            for (int round = 0; round < 2; round++) {
                for (Memory region : regions) {
                    runCopies(session, c, round == 0, region, 1);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldThrowBeforeTouchingAnythingOutsideTheRegion(NativeProvider<?> provider) {
        Installed.assume(provider);
        try (CryptoKey key = key(provider, Transform.named("aes128gcm16"), random, false);
                CryptoContext context = provider.newContext();
                CryptoSession session = context.session(key)) {
            for (Memory memory : List.of(Memory.allocateDirect(100), Memory.of(new byte[100]))) {
                int[][] outside = {{-1, 60}, {41, 60}, {Integer.MAX_VALUE, 60}, {Integer.MIN_VALUE, 60}, {0, 101}};
                for (int[] operation : outside) {
                    CryptoBurst burst = new CryptoBurst(1);
                    burst.reset(memory);
                    burst.add(operation[0], operation[1], 1);
                    assertThrows(IndexOutOfBoundsException.class, () -> session.seal(burst, 0, 1));
                    assertThrows(IndexOutOfBoundsException.class, () -> session.open(burst, 0, 1, true));
                }
            }
            // And the context is as usable as before.
            Memory memory = Memory.allocateDirect(100);
            CryptoBurst burst = new CryptoBurst(1);
            burst.reset(memory);
            burst.add(0, 60, 1);
            session.seal(burst, 0, 1);
            assertEquals(CryptoBurst.DONE, burst.status(0));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldAllocateNothingWhateverArrives(NativeProvider<?> provider) throws Exception {
        Installed.assume(provider);
        for (String name : ONE_OF_EACH_KIND) {
            Transform transform = Transform.named(name);
            for (boolean direct : new boolean[] {true, false}) {
                if (!direct && Runtime.version().feature() >= JDK_LENDING_ARRAYS) {
                    continue; // the views of arrays that C is lent vanish only where the JIT has compiled their making
                }
                EspCase c = EspOracle.random(transform, random, 200);
                int stride = c.packet().length;
                Memory memory = direct ? Memory.allocateDirect(4 * stride) : Memory.of(new byte[4 * stride]);
                CryptoBurst burst = new CryptoBurst(4);
                try (CryptoKey key = provider.expand(transform, c.esn(), KeyingMaterial.of(c.key(), c.integrityKey()));
                        CryptoContext context = provider.newContext();
                        CryptoSession session = context.session(key)) {
                    AllocatedOctets.Run run = i -> {
                        burst.reset(memory);
                        for (int packet = 0; packet < 4; packet++) {
                            burst.add(packet * stride, stride, c.sequence());
                        }
                        session.seal(burst, 0, 4);
                        memory.octet(stride - 1, memory.octet(stride - 1) ^ 1);
                        session.open(burst, 0, 4, i % 2 == 0);
                    };
                    // The JVM itself allocates now and then, once; what we allocated would be there each time.
                    long octets = AllocatedOctets.perRun(run);
                    for (int i = 0; i < 2 && octets > 0; i++) {
                        octets = AllocatedOctets.perRun(run);
                    }
                    assertEquals(CryptoBurst.ICV_MISMATCH, burst.status(0), transform::name);
                    assertEquals(CryptoBurst.DONE, burst.status(1), transform::name);
                    assertEquals(0, octets, transform + (direct ? " direct" : " heap"));
                }
            }
        }
    }
}
