package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.memory.Memory;
import io.esp4j.sa.SaParameters;
import java.util.random.RandomGenerator;

/**
 * Makes ESP of payloads under numbers that somebody else chose: what a device does for a host that counts.
 *
 * <p>It keeps no count: whoever calls it answers for it that no number is used twice under one key (RFC 4106 §3.1). Everything
 * else, header, IV, padding, trailer and ICV, is what a {@link Worker} would have made.
 *
 * <p>Threads: single owner thread, the session's.
 */
public final class NumberedSealer {
    private final EspFraming esp;
    private final Randomness random;
    private final CryptoBurst operation = new CryptoBurst(1);
    private CryptoSession session;

    /**
     * A sealer for one SA.
     *
     * @param parameters what the SA is made of
     * @param session a session of its key, which stays the caller's to close
     * @param random where unpredictable IVs come from
     */
    public NumberedSealer(SaParameters parameters, CryptoSession session, RandomGenerator random) {
        esp = new EspFraming(parameters);
        this.session = session;
        this.random = new Randomness(random);
    }

    /**
     * Goes on with another session of the same key.
     *
     * @param other the session
     */
    public void session(CryptoSession other) {
        session = other;
    }

    /** {@return octets that must be free before a payload: ESP header and IV} */
    public int headerOctets() {
        return esp.headerOctets();
    }

    /**
     * {@return octets that must be free behind a payload: padding, trailer and ICV}
     *
     * @param payloadOctets its length
     */
    public int tailOctets(int payloadOctets) {
        return esp.tailOctets(payloadOctets);
    }

    /**
     * Makes an ESP packet around a payload that lies in place, and seals it.
     *
     * @param memory where it lies, with room around it
     * @param payloadAt position of its first octet; the SPI comes {@link #headerOctets()} before
     * @param payloadOctets its length, at least 1
     * @param nextHeader its protocol
     * @param sequence the 64-bit number, never used before under the key
     * @return octets from SPI to the end of the ICV, or 0 if it was not sealed and must not be sent
     */
    public int seal(Memory memory, int payloadAt, int payloadOctets, int nextHeader, long sequence) {
        int octets = esp.write(memory, payloadAt, payloadOctets, nextHeader, sequence, random);
        operation.reset(memory);
        operation.add(payloadAt - esp.headerOctets(), octets, sequence);
        session.seal(operation, 0, 1);
        return operation.status(0) == CryptoBurst.DONE ? octets : 0;
    }
}
