package io.esp4j.crypto.testing;

import java.lang.reflect.Method;

/** Counts what the calling thread allocates. By reflection, since the module under test does not read the bean's. */
public final class AllocatedOctets {
    private static final Object BEAN;
    private static final Method COUNT;

    static {
        try {
            BEAN = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            COUNT = Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private AllocatedOctets() {}

    /** What may throw. */
    public interface Run {
        void once(int i) throws Exception;
    }

    /** Octets per run, the mean of five hundred runs after some to warm up; rounded down. */
    public static long perRun(Run run) throws Exception {
        for (int i = 0; i < 1_500; i++) {
            run.once(i);
        }
        long before = count();
        for (int i = 1_500; i < 2_000; i++) {
            run.once(i);
        }
        return (count() - before) / 500;
    }

    private static long count() throws ReflectiveOperationException {
        return (long) COUNT.invoke(BEAN, Thread.currentThread().getId());
    }
}
