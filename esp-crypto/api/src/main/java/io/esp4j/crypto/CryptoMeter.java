package io.esp4j.crypto;

import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;
import java.util.Arrays;

/** Measures a provider: bursts of packets in direct memory, sealed and opened again in turn. Has no state. */
final class CryptoMeter {
    private static final int BURST = 32;
    private static final int ROUNDS = 200;
    private static final long WINDOW_NANOS = 150_000_000L;
    private static final int MAXIMUM_WINDOWS = 20;
    /** Fewer than these and the JIT may not even have begun with its best code. */
    private static final int WARM_UP_BURSTS = 1_000;

    private static final double SETTLED = 0.95;

    private CryptoMeter() {}

    static CryptoCost measure(CryptoProvider provider, Transform transform, int textOctets) {
        int alignment = transform.alignment();
        int length = transform.overheadOctets() + (textOctets + alignment - 1) / alignment * alignment;
        KeyingMaterial material = KeyingMaterial.of(
                new byte[transform.keyOctets() + transform.saltOctets()], new byte[transform.integrityKeyOctets()]);
        try (CryptoKey key = provider.expand(transform, true, material);
                CryptoContext context = provider.newContext();
                CryptoSession session = context.session(key)) {
            Round round = new Round(transform, session, length);
            warmUp(round);
            long[] seal = new long[ROUNDS];
            long[] open = new long[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
                seal[i] = round.sealNanos;
                open[i] = round.openNanos;
            }
            return new CryptoCost(provider.name(), transform, length, perPacket(seal), perPacket(open));
        } finally {
            material.destroy();
        }
    }

    /** Runs until a window of time brings no faster burst than those before it: the JIT is done. */
    private static void warmUp(Round round) {
        int bursts = 0;
        long previous = Long.MAX_VALUE;
        for (int window = 0; window < MAXIMUM_WINDOWS; window++) {
            long best = Long.MAX_VALUE;
            long end = System.nanoTime() + WINDOW_NANOS;
            while (System.nanoTime() - end < 0) {
                round.run();
                bursts++;
                best = Math.min(best, round.sealNanos + round.openNanos);
            }
            if (bursts > WARM_UP_BURSTS && window > 1 && best > previous * SETTLED) {
                return;
            }
            previous = Math.min(best, previous);
        }
    }

    private static double perPacket(long[] nanos) {
        Arrays.sort(nanos);
        return (double) nanos[nanos.length / 10] / BURST;
    }

    /** One burst there and back. Threads: single owner thread. */
    private static final class Round {
        private final Transform transform;
        private final CryptoSession session;
        private final int length;
        private final int stride;
        private final DirectMemory memory;
        private final CryptoBurst burst = new CryptoBurst(BURST);
        private long sequence;
        private long sealNanos;
        private long openNanos;

        Round(Transform transform, CryptoSession session, int length) {
            this.transform = transform;
            this.session = session;
            this.length = length;
            this.stride = (length + 63) / 64 * 64;
            this.memory = Memory.allocateDirect(stride * BURST);
        }

        void run() {
            burst.reset(memory);
            for (int i = 0; i < BURST; i++) {
                sequence++;
                memory.int64(i * stride, sequence & 0xffff_ffffL);
                if (transform.ivOctets() > 0) {
                    memory.int64(i * stride + 8, sequence);
                }
                burst.add(i * stride, length, sequence);
            }
            long start = System.nanoTime();
            session.seal(burst, 0, BURST);
            long between = System.nanoTime();
            session.open(burst, 0, BURST, false);
            openNanos = System.nanoTime() - between;
            sealNanos = between - start;
            requireDone();
        }

        /** The price of refusing would tell nothing. */
        private void requireDone() {
            for (int i = 0; i < BURST; i++) {
                if (burst.status(i) != CryptoBurst.DONE) {
                    throw new IllegalStateException(
                            transform + " packets of " + length + " octets can't be measured: status " + burst.status(i)
                                    + ", expected " + CryptoBurst.DONE);
                }
            }
        }
    }
}
