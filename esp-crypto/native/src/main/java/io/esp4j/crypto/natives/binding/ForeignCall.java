package io.esp4j.crypto.natives.binding;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The pattern of the hidden classes that {@link ForeignBinding} defines, one per function: the method handle is a constant of the
 * class, so that the JIT compiles a call to the native call itself. Never used as it is. Threads: immutable.
 *
 * <p>Implements every shape; only the one that its handle has is ever called.
 */
final class ForeignCall
        implements NativeCall.Of1,
                NativeCall.Of2,
                NativeCall.Of3,
                NativeCall.Of4,
                NativeCall.Of5,
                NativeCall.Of6,
                NativeCall.InPlace {
    private static final MethodHandle FUNCTION;

    static {
        try {
            FUNCTION = MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    @Override
    public long call(long a) {
        try {
            return (long) FUNCTION.invokeExact(a);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long call(long a, long b) {
        try {
            return (long) FUNCTION.invokeExact(a, b);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long call(long a, long b, long c) {
        try {
            return (long) FUNCTION.invokeExact(a, b, c);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long call(long a, long b, long c, long d) {
        try {
            return (long) FUNCTION.invokeExact(a, b, c, d);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long call(long a, long b, long c, long d, long e) {
        try {
            return (long) FUNCTION.invokeExact(a, b, c, d, e);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long call(long a, long b, long c, long d, long e, long f) {
        try {
            return (long) FUNCTION.invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public long call(long a, long b, byte[] array, long at, long c, long d, long e, long f, long g, long h) {
        try {
            return (long) FUNCTION.invokeExact(a, b, array, at, c, d, e, f, g, h);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }
}
