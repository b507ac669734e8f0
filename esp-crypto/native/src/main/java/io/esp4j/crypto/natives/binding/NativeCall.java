package io.esp4j.crypto.natives.binding;

/**
 * A C function by the number of its arguments, each an integer or an address in a {@code long}. Threads: as the C function says.
 *
 * <p>The result of a function that returns {@code int} has an undefined upper half: narrow it. That of a {@code void}
 * function means nothing.
 */
public sealed interface NativeCall {

    /** Takes one argument. */
    non-sealed interface Of1 extends NativeCall {
        /**
         * {@return what the function returns}
         *
         * @param a argument
         */
        long call(long a);
    }

    /** Takes two arguments. */
    non-sealed interface Of2 extends NativeCall {
        /**
         * {@return what the function returns}
         *
         * @param a first argument
         * @param b second argument
         */
        long call(long a, long b);
    }

    /** Takes three arguments. */
    non-sealed interface Of3 extends NativeCall {
        /**
         * {@return what the function returns}
         *
         * @param a first argument
         * @param b second argument
         * @param c third argument
         */
        long call(long a, long b, long c);
    }

    /** Takes four arguments. */
    non-sealed interface Of4 extends NativeCall {
        /**
         * {@return what the function returns}
         *
         * @param a first argument
         * @param b second argument
         * @param c third argument
         * @param d fourth argument
         */
        long call(long a, long b, long c, long d);
    }

    /** Takes five arguments. */
    non-sealed interface Of5 extends NativeCall {
        /**
         * {@return what the function returns}
         *
         * @param a first argument
         * @param b second argument
         * @param c third argument
         * @param d fourth argument
         * @param e fifth argument
         */
        long call(long a, long b, long c, long d, long e);
    }

    /** Takes six arguments. */
    non-sealed interface Of6 extends NativeCall {
        /**
         * {@return what the function returns}
         *
         * @param a first argument
         * @param b second argument
         * @param c third argument
         * @param d fourth argument
         * @param e fifth argument
         * @param f sixth argument
         */
        long call(long a, long b, long c, long d, long e, long f);
    }

    /**
     * Takes ten arguments, the third and fourth of which are the address of an element of a Java array, twice: what C
     * works on in place. Only where {@link Binding#passesArrays()}.
     */
    non-sealed interface InPlace extends NativeCall {
        /**
         * {@return what the function returns}
         *
         * @param a first argument
         * @param b second argument
         * @param array array whose element's address is the third and the fourth argument
         * @param at index of the element
         * @param c fifth argument
         * @param d sixth argument
         * @param e seventh argument
         * @param f eighth argument
         * @param g ninth argument
         * @param h tenth argument
         */
        long call(long a, long b, byte[] array, long at, long c, long d, long e, long f, long g, long h);
    }
}
