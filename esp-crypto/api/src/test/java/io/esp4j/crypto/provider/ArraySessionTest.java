package io.esp4j.crypto.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is the same for every algorithm, with an algorithm that does as told: encrypting is inverting. */
class ArraySessionTest {
    private static final Transform GCM = Transform.named("aes128gcm16");
    private static final int TEXT = 16;
    private static final int LENGTH = 16 + 20 + 16;

    /** What the algorithm does. */
    private enum Plan {
        WORK,
        REFUSE,
        THROW,
        BREAK,
        CLOSE_KEY_THEN_WORK
    }

    private static final class Key extends ExpandedKey {
        private int overwritten;

        Key() {
            super(GCM, false);
        }

        @Override
        protected void overwrite() {
            overwritten++;
        }
    }

    private static final class Inverting extends ArraySession {
        private final Key key;
        private Plan plan = Plan.WORK;
        private int released;

        Inverting(Key key, WorkerContext<?> context) {
            super(key, context);
            this.key = key;
        }

        private boolean compute(byte[] from, int fromAt, byte[] to, int toAt, int octets)
                throws GeneralSecurityException {
            for (int i = 0; i < octets; i++) {
                to[toAt + i] = (byte) ~from[fromAt + i];
            }
            switch (plan) {
                case THROW -> throw new InvalidKeyException("as told");
                case BREAK -> throw new ProviderException("as told");
                case CLOSE_KEY_THEN_WORK -> key.close();
                default -> {
                    return plan == Plan.WORK;
                }
            }
            return true;
        }

        @Override
        protected void seal(HeapMemory packet, int at, int length, long sequence, byte[] scratch)
                throws GeneralSecurityException {
            int text = layout.textAt(at);
            compute(packet.array(), text, packet.array(), text, layout.textOctets(length));
        }

        @Override
        protected boolean open(HeapMemory packet, int at, int length, long sequence, byte[] text)
                throws GeneralSecurityException {
            return compute(packet.array(), layout.textAt(at), text, 0, layout.textOctets(length));
        }

        @Override
        protected void release() {
            released++;
        }
    }

    private final Key key = new Key();
    private final WorkerContext<Key> context = new WorkerContext<>("inverting", Key.class, Inverting::new);
    private final Inverting session = (Inverting) context.session(key);
    private final CryptoBurst burst = new CryptoBurst(1);

    private static byte[] packet() {
        byte[] packet = new byte[LENGTH];
        Arrays.fill(packet, (byte) 0x35);
        return packet;
    }

    private static byte[] packetWithText(int octet, int fromTextToEnd) {
        byte[] packet = packet();
        Arrays.fill(packet, TEXT, fromTextToEnd, (byte) octet);
        return packet;
    }

    private byte[] run(Memory memory, boolean seal) {
        memory.write(3, packet(), 0, LENGTH);
        burst.reset(memory);
        burst.add(3, LENGTH, 1);
        if (seal) {
            session.seal(burst, 0, 1);
        } else {
            session.open(burst, 0, 1, false);
        }
        byte[] octets = new byte[LENGTH];
        memory.read(3, octets, 0, LENGTH);
        return octets;
    }

    private static List<Memory> memories() {
        return List.of(Memory.of(new byte[100]), Memory.allocateDirect(100));
    }

    @Test
    void shouldComputeInBothKindsOfMemory() {
        for (Memory memory : memories()) {
            assertArrayEquals(packetWithText(~0x35, TEXT + 20), run(memory, true));
            assertEquals(CryptoBurst.DONE, burst.status(0));
            assertArrayEquals(packetWithText(~0x35, TEXT + 20), run(memory, false));
            assertEquals(CryptoBurst.DONE, burst.status(0));
        }
    }

    @Test
    @DisplayName("R24 the plaintext of a refused packet is neither in its octets nor left in scratch memory")
    void shouldReleaseNothingOfARefusedPacket() {
        for (Plan plan : List.of(Plan.REFUSE, Plan.THROW, Plan.BREAK)) {
            session.plan = plan;
            for (Memory memory : memories()) {
                assertArrayEquals(packet(), run(memory, false), plan::name);
                byte expected = plan == Plan.REFUSE ? CryptoBurst.ICV_MISMATCH : CryptoBurst.FAILED;
                assertEquals(expected, burst.status(0), plan::name);
                assertArrayEquals(new byte[20], Arrays.copyOf(context.aside(20).array(), 20), plan::name);
            }
        }
    }

    @Test
    void shouldLeaveZerosOrTheOctetsAsTheyWereWhenSealingFails() {
        for (Plan plan : List.of(Plan.THROW, Plan.BREAK)) {
            session.plan = plan;
            assertArrayEquals(packetWithText(0, LENGTH), run(Memory.of(new byte[100]), true));
            assertEquals(CryptoBurst.FAILED, burst.status(0));
            assertArrayEquals(packet(), run(Memory.allocateDirect(100), true));
            assertEquals(CryptoBurst.FAILED, burst.status(0));
        }
    }

    @Test
    void shouldDiscardWhatWasComputedWhileTheKeyWasClosed() {
        for (boolean seal : new boolean[] {false, true}) {
            for (Memory memory : memories()) {
                Key own = new Key();
                try (Inverting racing = (Inverting) context.session(own)) {
                    racing.plan = Plan.CLOSE_KEY_THEN_WORK;
                    memory.write(3, packet(), 0, LENGTH);
                    burst.reset(memory);
                    burst.add(3, LENGTH, 1);
                    if (seal) {
                        racing.seal(burst, 0, 1);
                    } else {
                        racing.open(burst, 0, 1, true);
                    }
                }
                byte[] octets = new byte[LENGTH];
                memory.read(3, octets, 0, LENGTH);
                assertEquals(CryptoBurst.FAILED, burst.status(0));
                boolean wiped = seal && memory instanceof HeapMemory;
                assertArrayEquals(wiped ? packetWithText(0, LENGTH) : packet(), octets);
                assertArrayEquals(new byte[20], Arrays.copyOf(context.aside(20).array(), 20));
            }
        }
    }

    @Test
    void shouldGrowScratchMemoryToTheLongestPacketAndKeepIt() {
        byte[] small = context.aside(10).array();
        assertSame(small, context.aside(small.length).array());
        byte[] large = context.aside(70_000).array();
        assertEquals(131_072, large.length);
        assertSame(large, context.aside(10).array());
        assertEquals(65_536, context.stage(65_536).length());
    }

    @Test
    void shouldOverwriteAndReleaseExactlyOnce() {
        session.close();
        session.close();
        assertEquals(1, session.released);
        Inverting second = (Inverting) context.session(key);
        context.close();
        context.close();
        assertEquals(1, second.released);
        assertEquals(1, session.released);
        key.close();
        key.close();
        assertEquals(1, key.overwritten);
    }

    @Test
    void shouldRefuseMisuse() {
        CryptoSession any = session;
        burst.reset(Memory.of(new byte[LENGTH]));
        burst.add(1, LENGTH, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> any.seal(burst, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> any.open(burst, 0, 1, false));
        burst.reset(Memory.allocateDirect(LENGTH));
        burst.add(1, LENGTH, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> any.seal(burst, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> any.open(burst, 0, 1, false));
        context.close();
        assertThrows(IllegalStateException.class, () -> context.session(key));
    }
}
