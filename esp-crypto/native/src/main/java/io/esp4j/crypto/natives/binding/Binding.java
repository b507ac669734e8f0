package io.esp4j.crypto.natives.binding;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What makes calls of C functions from Java. Threads: safe to share.
 *
 * <p>One is chosen per process, at the first use: java.lang.foreign where the JDK has it (22 and later), JNR-FFI
 * elsewhere; the system property {@value #PROPERTY} set to {@code foreign} or {@code jnr} decides otherwise.
 */
public abstract class Binding {
    /** System property that names the binding to use. */
    public static final String PROPERTY = "esp4j.native.binding";

    /** The largest number of octets that a call should work on where calls hold off safepoints. */
    static final int CRITICAL_OCTETS = 64 * 1024;

    private static final int FOREIGN_SINCE = 22;

    Binding() {}

    /**
     * {@return the binding of this process}
     *
     * @throws NativeLoadException if there is none that works, with the reason
     */
    public static Binding ofProcess() throws NativeLoadException {
        if (Chosen.BINDING == null) {
            throw new NativeLoadException(Chosen.REASON);
        }
        return Chosen.BINDING;
    }

    /** {@return a short name: {@code java.lang.foreign} or {@code jnr-ffi}} */
    public abstract String name();

    /** {@return how many octets one call of a {@link Linkage#BRIEF} function should work on at most} */
    public abstract int octetsPerCall();

    /** {@return whether C can be lent a Java array for the length of a call, so that {@link NativeCall.InPlace} can be linked} */
    public abstract boolean passesArrays();

    /**
     * {@return the address of a function of the C library, 0 if it has none of that name}
     *
     * @param name C name
     */
    public abstract long standardFunction(String name);

    /**
     * {@return the address of a direct buffer's octet 0; valid while the buffer is reachable}
     *
     * @param buffer a direct buffer
     */
    public abstract long address(ByteBuffer buffer);

    /**
     * {@return a buffer in native byte order over memory that somebody else frees; not to be used after that}
     *
     * @param address of its octet 0
     * @param octets its capacity
     */
    public abstract ByteBuffer view(long address, int octets);

    /**
     * A function of a known number of arguments.
     *
     * @param address of the function
     * @param shape one of the interfaces in {@link NativeCall}
     * @param linkage how long it may run
     * @param <C> the shape
     * @return what calls it
     */
    public abstract <C extends NativeCall> C link(long address, Class<C> shape, Linkage linkage);

    /** Found out once, when first asked for. */
    private static final class Chosen {
        static final Binding BINDING;
        static final String REASON;

        static {
            Binding binding = null;
            String reason = "";
            try {
                binding = choose(System.getProperty(PROPERTY, ""));
            } catch (NativeLoadException e) {
                reason = e.getMessage();
            }
            BINDING = binding;
            REASON = reason;
        }
    }

    static Binding choose(String wish) throws NativeLoadException {
        return switch (wish) {
            case "" -> Runtime.version().feature() >= FOREIGN_SINCE ? foreign() : jnr();
            case "foreign" -> foreign();
            case "jnr" -> jnr();
            default ->
                throw new NativeLoadException(PROPERTY + " is \"" + wish + "\": expected \"foreign\" or \"jnr\"");
        };
    }

    private static Binding foreign() throws NativeLoadException {
        if (Runtime.version().feature() < FOREIGN_SINCE) {
            throw new NativeLoadException("java.lang.foreign needs Java " + FOREIGN_SINCE + " or later, this is Java "
                    + Runtime.version().feature());
        }
        try {
            return new ForeignBinding();
        } catch (ReflectiveOperationException | IOException | LinkageError | RuntimeException e) {
            // From a future Java on, native access is denied unless it was granted on the command line.
            throw new NativeLoadException(
                    "java.lang.foreign can't be used (does --enable-native-access grant it?): " + e, e);
        }
    }

    private static Binding jnr() throws NativeLoadException {
        try {
            return new JnrBinding();
        } catch (LinkageError | RuntimeException e) {
            throw new NativeLoadException("JNR-FFI can't be used: " + e, e);
        }
    }
}
