package io.esp4j.crypto.provider;

/** Comparison of integrity check values in a time that does not depend on their octets. Has no state. */
public final class Icv {
    private Icv() {}

    /**
     * {@return whether two ranges are equal}
     *
     * @param a an array
     * @param aAt where the range begins in it
     * @param b another array
     * @param bAt where the range begins in that
     * @param octets how many are compared
     */
    public static boolean equal(byte[] a, int aAt, byte[] b, int bAt, int octets) {
        int difference = 0;
        for (int i = 0; i < octets; i++) {
            difference |= a[aAt + i] ^ b[bAt + i];
        }
        return difference == 0;
    }
}
