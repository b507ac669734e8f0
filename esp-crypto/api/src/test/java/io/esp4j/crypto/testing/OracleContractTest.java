package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random packets: the provider and an oracle written from the RFCs agree octet for octet. */
public abstract class OracleContractTest {

    /** The provider under test. */
    protected abstract CryptoProvider provider();

    @Test
    @DisplayName("R6 R16 R30 R32 R33 R34 R35 R36 R37 ten thousand random packets agree with the oracle")
    void shouldAgreeWithOracle() {
        agree(10_000);
    }

    @Test
    @Tag("long")
    @DisplayName("R6 R16 R30 R32 R33 R34 R35 R36 R37 two hundred thousand random packets agree with the oracle")
    void shouldAgreeWithOracleForLong() {
        agree(200_000);
    }

    private void agree(int packets) {
        long seed = Long.getLong("esp4j.seed", new Random().nextLong());
        System.out.println(getClass().getSimpleName() + ": -Desp4j.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Transform> transforms =
                Transform.all().stream().filter(provider()::supports).toList();
        List<Memory> memories = Seam.memories(9_200);
        for (int i = 0; i < packets; i++) {
            Transform transform = transforms.get(random.nextInt(transforms.size()));
            EspCase c = EspOracle.random(transform, random, payloadOctets(random));
            Memory memory = memories.get(random.nextInt(2));
            try (Seam seam = new Seam(provider(), c)) {
                Seam.Result sealed = seam.seal(memory, c.clear(), c.sequence());
                assertEquals(CryptoBurst.DONE, sealed.status(), c::toString);
                assertArrayEquals(c.packet(), sealed.octets(), c::toString);
                if (random.nextInt(4) == 0) {
                    refuse(seam, memory, c, random);
                }
                Seam.Result opened = seam.open(memory, c.packet(), c.sequence(), random.nextBoolean());
                assertEquals(CryptoBurst.DONE, opened.status(), c::toString);
                assertArrayEquals(c.opened(), opened.octets(), c::toString);
            }
        }
    }

    private static void refuse(Seam seam, Memory memory, EspCase c, SplittableRandom random) {
        byte[] forged = c.packet().clone();
        int at = 8 + random.nextInt(forged.length - 8);
        forged[at] ^= (byte) (1 + random.nextInt(255));
        Seam.Result refused = seam.open(memory, forged, c.sequence(), true);
        assertEquals(CryptoBurst.ICV_MISMATCH, refused.status(), () -> c + " changed at " + at);
        assertArrayEquals(forged, refused.octets(), () -> c + " changed at " + at);
    }

    /** Mostly short, some of the size of a link's MTU, a few jumbo. */
    private static int payloadOctets(SplittableRandom random) {
        int kind = random.nextInt(200);
        return kind == 0 ? random.nextInt(9_001) : kind < 10 ? random.nextInt(1_501) : random.nextInt(200);
    }
}
