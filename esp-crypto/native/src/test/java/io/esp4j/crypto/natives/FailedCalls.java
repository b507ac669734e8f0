package io.esp4j.crypto.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.natives.binding.FailingBinding;
import io.esp4j.crypto.testing.EspCase;
import io.esp4j.memory.Memory;
import java.util.Arrays;

/** Whichever call of C fails, a packet is done, or it is as before or zeros behind its IV. */
public final class FailedCalls {
    private static final int PACKETS = 3;

    private FailedCalls() {}

    /** Lets each call that sealing and opening make fail, one at a time, until there is none left. */
    public static void check(FailingBinding binding, EspCase c, CryptoKey key, CryptoContext context) {
        for (boolean seals : new boolean[] {true, false}) {
            for (boolean restore : new boolean[] {false, true}) {
                long call = 0;
                while (check(binding, c, key, context, seals, restore, call)) {
                    call++;
                }
                assertTrue(call > 0, () -> c.transform() + " makes no call");
            }
        }
    }

    private static boolean check(
            FailingBinding binding,
            EspCase c,
            CryptoKey key,
            CryptoContext context,
            boolean seals,
            boolean restore,
            long call) {
        int stride = c.packet().length;
        byte[] before = seals ? c.clear() : c.packet();
        Memory memory = Memory.allocateDirect(PACKETS * stride);
        CryptoBurst burst = new CryptoBurst(PACKETS);
        burst.reset(memory);
        for (int i = 0; i < PACKETS; i++) {
            memory.write(i * stride, before, 0, stride);
            burst.add(i * stride, stride, c.sequence());
        }
        boolean failed;
        try (CryptoSession session = context.session(key)) {
            binding.failAfter(call);
            if (seals) {
                session.seal(burst, 0, PACKETS);
            } else {
                session.open(burst, 0, PACKETS, restore);
            }
            failed = binding.disarm();
        }
        String which = c.transform() + (seals ? " sealing" : " opening") + ", call " + call + " failed";
        for (int i = 0; i < PACKETS; i++) {
            byte[] found = new byte[stride];
            memory.read(i * stride, found, 0, stride);
            if (burst.status(i) == CryptoBurst.DONE) {
                assertArrayEquals(seals ? c.packet() : c.opened(), found, which);
            } else {
                assertTrue(failed, which);
                boolean refused = !seals && burst.status(i) == CryptoBurst.ICV_MISMATCH;
                assertEquals(refused ? CryptoBurst.ICV_MISMATCH : CryptoBurst.FAILED, burst.status(i), which);
                assertTrue(Arrays.equals(before, found) || (isZeroBehindIv(c, found) && !(refused && restore)), which);
            }
        }
        return failed;
    }

    /** The ICV, which is no secret, may be there still. */
    private static boolean isZeroBehindIv(EspCase c, byte[] found) {
        int icvAt = found.length - c.transform().icvOctets();
        byte[] zeros = Arrays.copyOf(Arrays.copyOf(c.packet(), c.textAt()), found.length);
        byte[] zerosAndIcv = zeros.clone();
        System.arraycopy(c.packet(), icvAt, zerosAndIcv, icvAt, found.length - icvAt);
        return Arrays.equals(zeros, found) || Arrays.equals(zerosAndIcv, found);
    }
}
