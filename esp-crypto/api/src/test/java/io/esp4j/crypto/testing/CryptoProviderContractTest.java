package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every provider keeps, single-threaded: bursts, memories, closing, misuse. */
public abstract class CryptoProviderContractTest {
    private final Random random = new Random(4303);

    /** The provider under test. */
    protected abstract CryptoProvider provider();

    private List<Transform> transforms() {
        return Transform.all().stream().filter(provider()::supports).toList();
    }

    @Test
    void shouldBeAvailableHereAndSupportSomething() {
        assertTrue(provider().availability().available(), provider().availability()::detail);
        assertFalse(transforms().isEmpty());
    }

    @Test
    @DisplayName("R16 R30 R32 R33 R34 R35 R36 R37 runs of mixed lengths from 0 to 9000 come out packet by packet")
    void shouldSealAndOpenRunsOfMixedLengths() {
        for (Transform transform : transforms()) {
            for (boolean direct : new boolean[] {false, true}) {
                try (BurstBench bench = new BurstBench(provider(), transform, direct, random, 0, 1, 9000, 63, 700)) {
                    bench.layClear();
                    bench.session().seal(bench.burst(), 0, 2);
                    bench.session().seal(bench.burst(), 2, bench.size());
                    bench.assertAll(CryptoBurst.DONE, EspCase::packet);
                    bench.layPackets();
                    bench.session().open(bench.burst(), 0, 1, false);
                    bench.session().open(bench.burst(), 1, bench.size(), true);
                    bench.assertAll(CryptoBurst.DONE, EspCase::opened);
                }
            }
        }
    }

    @Test
    void shouldTouchNothingOutsideTheRun() {
        for (Transform transform : transforms()) {
            for (boolean direct : new boolean[] {false, true}) {
                try (BurstBench bench = new BurstBench(provider(), transform, direct, random, 40, 41, 42)) {
                    bench.layClear();
                    bench.session().seal(bench.burst(), 1, 2);
                    bench.session().seal(bench.burst(), 2, 2);
                    bench.assertOne(0, CryptoBurst.PENDING, bench.packet(0).clear());
                    bench.assertOne(1, CryptoBurst.DONE, bench.packet(1).packet());
                    bench.assertOne(2, CryptoBurst.PENDING, bench.packet(2).clear());
                }
            }
        }
    }

    @Test
    @DisplayName("R24 a forged packet in a run is refused alone, restored if asked")
    void shouldRefuseForgedPacketInARunAlone() {
        for (Transform transform : transforms()) {
            for (boolean direct : new boolean[] {false, true}) {
                try (BurstBench bench = new BurstBench(provider(), transform, direct, random, 100, 200, 300)) {
                    bench.layPackets();
                    byte[] forged = bench.packet(1).packet().clone();
                    forged[forged.length - 1] ^= 1;
                    bench.lay(1, forged);
                    bench.session().open(bench.burst(), 0, 3, true);
                    bench.assertOne(0, CryptoBurst.DONE, bench.packet(0).opened());
                    bench.assertOne(1, CryptoBurst.ICV_MISMATCH, forged);
                    bench.assertOne(2, CryptoBurst.DONE, bench.packet(2).opened());
                }
            }
        }
    }

    @Test
    @DisplayName("R21 R24 a genuine packet opens after a forged one with its IV, and as often as it is offered")
    void shouldOpenGenuinePacketAfterForgedOneWithItsNonce() {
        for (Transform transform : transforms()) {
            EspCase c = EspOracle.random(transform, random, 50);
            byte[] forged = c.packet().clone();
            forged[forged.length - 3] ^= 4;
            for (Memory memory : Seam.memories(256)) {
                try (Seam seam = new Seam(provider(), c)) {
                    for (int i = 0; i < 3; i++) {
                        byte refused =
                                seam.open(memory, forged, c.sequence(), i == 1).status();
                        assertEquals(CryptoBurst.ICV_MISMATCH, refused, c::toString);
                        for (int copy = 0; copy < 2; copy++) {
                            Seam.Result opened = seam.open(memory, c.packet(), c.sequence(), false);
                            assertEquals(CryptoBurst.DONE, opened.status(), c::toString);
                            assertArrayEquals(c.opened(), opened.octets(), c::toString);
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldFailOperationsOfClosedKeySessionAndContext() {
        for (Transform transform : transforms()) {
            EspCase c = EspOracle.random(transform, random, 50);
            for (Memory memory : Seam.memories(256)) {
                Seam closedKey = new Seam(provider(), c);
                closedKey.key().close();
                assertFails(closedKey, memory, c);
                try (CryptoSession late = closedKey.context().session(closedKey.key())) {
                    CryptoBurst burst = new CryptoBurst(1);
                    burst.reset(memory);
                    burst.add(0, c.packet().length, c.sequence());
                    late.seal(burst, 0, 1);
                    assertEquals(CryptoBurst.FAILED, burst.status(0), "session made of a closed key");
                }
                closedKey.close();

                Seam closedSession = new Seam(provider(), c);
                closedSession.session().close();
                assertFails(closedSession, memory, c);
                closedSession.close();

                Seam closedContext = new Seam(provider(), c);
                closedContext.context().close();
                assertFails(closedContext, memory, c);
                closedContext.close();
                closedContext.close();
            }
        }
    }

    private static void assertFails(Seam seam, Memory memory, EspCase c) {
        Seam.Result sealed = seam.seal(memory, c.clear(), c.sequence());
        assertEquals(CryptoBurst.FAILED, sealed.status(), c::toString);
        assertUnsealed(c, sealed.octets());
        Seam.Result opened = seam.open(memory, c.packet(), c.sequence(), true);
        assertEquals(CryptoBurst.FAILED, opened.status(), c::toString);
        assertUnsealed(c, opened.octets());
    }

    /** As before or zeros. */
    private static void assertUnsealed(EspCase c, byte[] found) {
        byte[] zeros = Arrays.copyOf(Arrays.copyOf(c.packet(), c.textAt()), c.packet().length);
        assertTrue(
                Arrays.equals(found, c.clear()) || Arrays.equals(found, c.packet()) || Arrays.equals(found, zeros),
                c::toString);
    }

    @Test
    void shouldGiveAStatusForLengthsThatNoPacketHas() {
        List<Memory> memories = List.of(Memory.allocateDirect(1 << 20), Memory.of(new byte[1 << 20]));
        for (Transform transform : transforms()) {
            EspCase c = EspOracle.random(transform, random, 50);
            for (Memory memory : memories) {
                try (CryptoKey key =
                                provider().expand(transform, c.esn(), KeyingMaterial.of(c.key(), c.integrityKey()));
                        CryptoContext context = provider().newContext();
                        CryptoSession session = context.session(key)) {
                    passOverBadLengths(session, c, memory);
                }
            }
        }
    }

    private static void passOverBadLengths(CryptoSession session, EspCase c, Memory memory) {
        int good = c.packet().length;
        int tooShort = c.transform().minimumPacketOctets() - 1;
        // Whole blocks, for those that want them.
        int tooLong = c.transform().overheadOctets() + 65_536;
        int[] lengths = {tooShort, tooLong, -1, good, Integer.MIN_VALUE, tooShort, 0};
        for (boolean seal : new boolean[] {true, false}) {
            CryptoBurst burst = new CryptoBurst(lengths.length);
            burst.reset(memory);
            for (int length : lengths) {
                int at = burst.size() << 17;
                memory.write(at, seal ? c.clear() : c.packet(), 0, good);
                burst.add(at, length, c.sequence());
            }
            if (seal) {
                session.seal(burst, 0, burst.size());
            } else {
                session.open(burst, 0, burst.size(), false);
            }
            byte refused = seal ? CryptoBurst.FAILED : CryptoBurst.ICV_MISMATCH;
            byte[] expected = seal ? c.packet() : c.opened();
            byte[] found = new byte[good];
            for (int i = 0; i < lengths.length; i++) {
                boolean done = lengths[i] == good;
                assertEquals(
                        done ? CryptoBurst.DONE : refused, burst.status(i), c.transform() + " length " + lengths[i]);
                memory.read(burst.offset(i), found, 0, good);
                byte[] before = seal ? c.clear() : c.packet();
                assertArrayEquals(done ? expected : before, found, c.transform() + " length " + lengths[i]);
            }
        }
    }

    @Test
    void shouldCopyKeyingMaterial() {
        for (Transform transform : transforms()) {
            EspCase c = EspOracle.random(transform, random, 50);
            KeyingMaterial material = KeyingMaterial.of(c.key(), c.integrityKey());
            try (CryptoKey key = provider().expand(transform, c.esn(), material);
                    CryptoContext context = provider().newContext()) {
                material.destroy();
                CryptoBurst burst = new CryptoBurst(1);
                burst.reset(Memory.of(c.packet().clone()));
                burst.add(0, c.packet().length, c.sequence());
                context.session(key).open(burst, 0, 1, false);
                assertEquals(CryptoBurst.DONE, burst.status(0), c::toString);
                assertEquals(transform, key.transform());
                assertEquals(c.esn(), key.esn());
            }
        }
    }

    @Test
    void shouldRefuseKeyingMaterialOfWrongLengthWithoutShowingIt() {
        for (Transform transform : transforms()) {
            byte[] octets = new byte[transform.keyOctets() + transform.saltOctets() + 1];
            Arrays.fill(octets, (byte) 0x5a);
            KeyingMaterial material = KeyingMaterial.of(octets, new byte[transform.integrityKeyOctets()]);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> provider().expand(transform, false, material));
            assertTrue(e.getMessage().contains(transform.name()), e.getMessage());
            assertFalse(e.getMessage().contains("5a5a") || e.getMessage().contains("90, 90"), e.getMessage());
        }
    }

    @Test
    void shouldRefuseKeyOfAnotherProvider() {
        CryptoKey foreign = new CryptoKey() {
            @Override
            public Transform transform() {
                return transforms().get(0);
            }

            @Override
            public boolean esn() {
                return false;
            }

            @Override
            public void close() {}
        };
        try (CryptoContext context = provider().newContext()) {
            assertThrows(IllegalArgumentException.class, () -> context.session(foreign));
        }
    }
}
