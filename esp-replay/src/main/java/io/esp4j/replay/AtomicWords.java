package io.esp4j.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Words in an array, all 0 at first. Thread-safe: every access is volatile. */
final class AtomicWords extends SharedWords {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;

    AtomicWords(int count) {
        words = new long[count];
    }

    @Override
    long load(int index) {
        return (long) WORD.getVolatile(words, index);
    }

    @Override
    boolean compareAndSet(int index, long expected, long updated) {
        return WORD.compareAndSet(words, index, expected, updated);
    }
}
