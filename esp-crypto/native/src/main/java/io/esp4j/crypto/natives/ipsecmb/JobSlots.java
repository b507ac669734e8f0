package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.natives.PacketBatch;
import java.nio.LongBuffer;

/**
 * A row of jobs, one per packet of a batch, with two words each for a nonce and for an AAD. Threads: single owner thread.
 *
 * <p>Nonce and AAD end with their two words, so that what changes per packet, the IV and the 64-bit sequence number, is an
 * aligned word, and salt and SPI stand before it:
 * <pre>
 *   |      word 0     |      word 1     |
 *   |      ··    salt |        IV       |
 *   |      ··    SPI  | sequence number |   with ESN
 *   |        ··       | SPI    number   |   without
 * </pre>
 * The row remembers which template its jobs hold, and how many of them do.
 */
final class JobSlots {
    /** From one nonce to the next, and from one AAD to the next. */
    static final int STRIDE_WORDS = 2;

    /** What the nonces and AADs of a row take. */
    static final int SCRATCH_WORDS = 2 * PacketBatch.CAPACITY * STRIDE_WORDS;

    private final LongBuffer words;
    private final long address;
    private final int jobs;
    private final int jobWords;
    private final int nonces;
    private final int aads;
    private JobTemplate template;
    private int filled;

    /**
     * Empty jobs.
     *
     * @param words the memory that holds them
     * @param address of its word 0
     * @param jobs position of the first job
     * @param jobWords from one job to the next
     * @param scratch position of {@link #SCRATCH_WORDS} words for nonces and AADs
     */
    JobSlots(LongBuffer words, long address, int jobs, int jobWords, int scratch) {
        this.words = words;
        this.address = address;
        this.jobs = jobs;
        this.jobWords = jobWords;
        nonces = scratch;
        aads = scratch + PacketBatch.CAPACITY * STRIDE_WORDS;
    }

    /** {@return the address of a job} */
    long address(int slot) {
        return address + (long) job(slot) * Long.BYTES;
    }

    /** {@return the position of a job} */
    int job(int slot) {
        return jobs + slot * jobWords;
    }

    /** {@return from one job to the next} */
    int jobWords() {
        return jobWords;
    }

    /** {@return the position of the word with a job's IV, the salt before it} */
    int iv(int slot) {
        return nonces + slot * STRIDE_WORDS + 1;
    }

    /** {@return the position of the last word of a job's AAD} */
    int aad(int slot) {
        return aads + slot * STRIDE_WORDS + 1;
    }

    /** Makes the first jobs hold a template. */
    void require(JobTemplate wanted, int count) {
        if (template != wanted) {
            template = wanted;
            filled = 0;
        }
        for (; filled < count; filled++) {
            fill(filled);
        }
    }

    private void fill(int slot) {
        int job = job(slot);
        for (int field = 0; field < template.fields(); field++) {
            words.put(job + template.position(field), template.value(field));
        }
        if (template.noncePointer() >= 0) {
            int iv = iv(slot);
            words.put(iv - 1, template.saltWord());
            words.put(job + template.noncePointer(), address + (long) iv * Long.BYTES - template.saltOctets());
        }
        if (template.aadPointer() >= 0) {
            long end = address + (long) (aad(slot) + 1) * Long.BYTES;
            words.put(job + template.aadPointer(), end - template.aadOctets());
        }
    }
}
