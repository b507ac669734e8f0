package io.esp4j.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Words in an array, all 0 at first. The array is made for the first word that becomes something else, so that the window of an SA
 * that carries nothing takes no memory. Thread-safe: every access is volatile.
 */
final class AtomicWords extends SharedWords {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle WORDS;

    static {
        try {
            WORDS = MethodHandles.lookup().findVarHandle(AtomicWords.class, "words", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int count;
    /** Null while all words are 0; then one array for ever. */
    private volatile long[] words;

    AtomicWords(int count) {
        this.count = count;
    }

    @Override
    long load(int index) {
        long[] made = words;
        return made == null ? 0 : (long) WORD.getVolatile(made, index);
    }

    @Override
    long loadToWrite(int index) {
        long[] made = words;
        return made == null ? 0 : (long) WORD.getAndAdd(made, index, 0L);
    }

    @Override
    boolean compareAndSet(int index, long expected, long updated) {
        long[] made = words;
        return WORD.compareAndSet(made == null ? make() : made, index, expected, updated);
    }

    private long[] make() {
        long[] mine = new long[count];
        long[] others = (long[]) WORDS.compareAndExchange(this, null, mine);
        return others == null ? mine : others;
    }
}
