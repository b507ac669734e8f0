package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.Memory;
import java.nio.LongBuffer;

/**
 * A row of jobs, one per packet of a batch, with a line of the cache each beside it for what a job points to. Threads: single
 * owner thread.
 *
 * <p>Nonce and AAD end with their two words of the line, so that what changes per packet, the IV and the 64-bit sequence number, is an
 * aligned word, and salt and SPI stand before it; then comes room for a computed ICV:
 * <pre>
 *   | SALT ··    salt | IV              |
 *   | AAD  ··    SPI  | sequence number |   with ESN
 *   |        ··       | SPI    number   |   without
 *   | ICV             |        |        |
 * </pre>
 * The row remembers which template its jobs hold, and how many of them do.
 */
final class JobSlots {
    /** The words of a line. */
    static final int LINE_WORDS = 8;

    static final int SALT = 0;
    static final int IV = 1;
    static final int AAD = 2;
    static final int AAD_END = 3;
    static final int ICV = 4;

    private final LongBuffer words;
    private final long address;
    private final int jobs;
    private final int jobWords;
    private final int lines;
    private final int lineWords;
    private JobTemplate template;
    private int filled;

    /**
     * Empty jobs.
     *
     * @param words the memory that holds them
     * @param address of its word 0
     * @param jobs position of the first job
     * @param jobWords from one job to the next
     * @param lines position of the first line
     */
    JobSlots(LongBuffer words, long address, int jobs, int jobWords, int lines) {
        this.words = words;
        this.address = address;
        this.jobs = jobs;
        this.jobWords = jobWords;
        this.lines = lines;
        lineWords = LINE_WORDS;
    }

    /** {@return the address of a job} */
    long address(int slot) {
        return addressOf(job(slot));
    }

    /** {@return the position of a job} */
    int job(int slot) {
        return jobs + slot * jobWords;
    }

    /** {@return from one job to the next} */
    int jobWords() {
        return jobWords;
    }

    /** {@return the position of a job's line} */
    int line(int slot) {
        return lines + slot * lineWords;
    }

    /**
     * {@return from one line to the next} A loop that went on by a constant would be compiled to three, so as to check positions in one
     * of them less often: a burst then waits longer for the first packet than all packets gain.
     */
    int lineWords() {
        return lineWords;
    }

    /** {@return the position of a job's computed ICV} */
    int icv(int slot) {
        return line(slot) + ICV;
    }

    /** {@return the address of a job's computed ICV} */
    long icvAddress(int slot) {
        return addressOf(icv(slot));
    }

    private long addressOf(int word) {
        return address + (long) word * Long.BYTES;
    }

    /**
     * Writes what changes of a packet's nonce and AAD ({@link EspLayout} says what they are), in words of the machine: what the wire has
     * is carried over without turning its octets around twice.
     *
     * @param words the memory of the line
     * @param line its position
     * @param layout of the packet
     * @param memory where the packet lies
     * @param at position of its SPI
     * @param sequence its 64-bit sequence number
     */
    static void write(LongBuffer words, int line, EspLayout layout, Memory memory, int at, long sequence) {
        boolean esn = layout.esn();
        long header = memory.word(at);
        long number = Wire.halves(esn ? Wire.order(sequence) : 0, header);
        words.put(line + IV, layout.implicitIv() ? number : memory.word(layout.ivAt(at)));
        if (esn) {
            words.put(line + AAD, Wire.endingWithFirstHalf(header));
            words.put(line + AAD_END, number);
        } else {
            words.put(line + AAD_END, header);
        }
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

    /** Something else has overwritten the jobs: none holds a template any more. */
    void forget() {
        template = null;
        filled = 0;
    }

    private void fill(int slot) {
        int job = job(slot);
        for (int field = 0; field < template.fields(); field++) {
            words.put(job + template.position(field), template.value(field));
        }
        int line = line(slot);
        if (template.noncePointer() >= 0) {
            words.put(line + SALT, template.saltWord());
            words.put(job + template.noncePointer(), addressOf(line + IV) - template.saltOctets());
        }
        if (template.aadPointer() >= 0) {
            words.put(job + template.aadPointer(), addressOf(line + AAD_END + 1) - template.aadOctets());
        }
        words.put(job + Job.ICV, icvAddress(slot));
    }
}
