package io.esp4j.replay;

/**
 * The words that threads share in a {@link LockFreeReplayWindow}, and the accesses it makes to them. All are
 * sequentially consistent. This is a seam: tests run the window's own code over a memory that lets them choose which
 * thread makes the next access. An abstract class and not an interface, since the JIT then inlines its only
 * implementation unguarded.
 */
abstract class SharedWords {
    abstract long load(int index);

    /** Loads a word that will be written: one transfer of its cache line between processors, where a load and a write take two. */
    abstract long loadToWrite(int index);

    abstract boolean compareAndSet(int index, long expected, long updated);
}
