package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.natives.Wire;
import java.util.Arrays;

/**
 * What all jobs of one session in one direction have in common. Threads: built and read by its session's thread; may be erased by any
 * thread when no run is left.
 */
final class JobTemplate {
    private static final int MAXIMUM_FIELDS = 24;

    private final int[] positions = new int[MAXIMUM_FIELDS];
    private final long[] values = new long[MAXIMUM_FIELDS];
    private int fields;
    private int noncePointer = -1;
    private int aadPointer = -1;
    private int aadOctets;
    private byte[] salt = new byte[0];

    /** Sets a field, an integer or an address. */
    JobTemplate set(int position, long value) {
        positions[fields] = position;
        values[fields++] = value;
        return this;
    }

    /** Sets two adjacent 32-bit fields. */
    JobTemplate set(int position, int low, int high) {
        return set(position, ((long) high << Integer.SIZE) | low);
    }

    /** Names the field that points to the job's nonce, which begins with the salt. */
    JobTemplate nonce(int position, byte[] saltOctets) {
        noncePointer = position;
        salt = saltOctets.clone();
        return this;
    }

    /** Names the field that points to the job's AAD. */
    JobTemplate aad(int position, int octets) {
        aadPointer = position;
        aadOctets = octets;
        return this;
    }

    int fields() {
        return fields;
    }

    /** {@return a field's position in the job, in words} */
    int position(int field) {
        return positions[field];
    }

    long value(int field) {
        return values[field];
    }

    /** {@return the position of the pointer to the nonce, −1 if it has none} */
    int noncePointer() {
        return noncePointer;
    }

    /** {@return the position of the pointer to the AAD, −1 if it has none} */
    int aadPointer() {
        return aadPointer;
    }

    int aadOctets() {
        return aadOctets;
    }

    int saltOctets() {
        return salt.length;
    }

    /** {@return the salt as the last octets of a word in the machine's order} */
    long saltWord() {
        return Wire.endingWith(salt);
    }

    /** Overwrites the salt and the addresses of keys. */
    void erase() {
        Arrays.fill(salt, (byte) 0);
        Arrays.fill(values, 0);
    }
}
