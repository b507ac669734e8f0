package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import java.nio.LongBuffer;

/**
 * AES-GCM (RFC 4106), AES-CCM (RFC 4309) and ChaCha20-Poly1305 (RFC 7634), each with an implicit IV too (RFC 8750).
 * Threads: as its context.
 */
final class AeadSession extends NativeSession {
    private final MultiBuffer multiBuffer;
    private final EspLayout layout;
    private final JobTemplate sealing;
    private final JobTemplate opening;
    private final boolean hashLength;
    private final int[] refused = new int[PACKETS_PER_CALL];

    AeadSession(IpsecMbContext context, IpsecMbKey key) {
        super(context, key, false, GcmOnArrays.of(context, key));
        multiBuffer = context.multiBuffer();
        layout = key.layout();
        hashLength = key.transform().cipher() != Cipher.AES_GCM;
        sealing = AeadTemplate.of(context, key, Job.ENCRYPT);
        opening = AeadTemplate.of(context, key, Job.DECRYPT);
    }

    @Override
    protected int seal(CryptoBurst packets, int from, int to, long base) {
        JobSlots jobs = multiBuffer.ring(sealing, to - from);
        int end = prepare(jobs, 0, packets, from, to, base, true);
        if (multiBuffer.submit(end - from)) {
            packets.complete(from, end, CryptoBurst.DONE);
        } else {
            fail(packets, from, end);
        }
        return end - from;
    }

    @Override
    protected int open(CryptoBurst packets, int from, int to, long base, boolean restore) {
        JobSlots jobs = multiBuffer.ring(opening, to - from);
        int end = prepare(jobs, 0, packets, from, to, base, false);
        if (multiBuffer.submit(end - from)) {
            int refusals = judge(jobs, packets, from, end);
            if (refusals > 0) {
                withdraw(packets, refusals, base, restore);
            }
        } else {
            fail(packets, from, end);
        }
        return end - from;
    }

    /**
     * Writes what changes from packet to packet: the fields of a job, its nonce, its AAD. {@return the index after as many packets as
     * {@link #end} would allow: one loop is faster than two}
     */
    private int prepare(JobSlots jobs, int slot, CryptoBurst packets, int from, int to, long base, boolean icvOnWire) {
        LongBuffer words = multiBuffer.words();
        DirectMemory memory = (DirectMemory) packets.memory();
        long texts = base + layout.textAt(0);
        int jobWords = jobs.jobWords();
        int job = jobs.job(slot) & MultiBuffer.POSITIONS;
        int line = jobs.line(slot) & MultiBuffer.POSITIONS;
        int lineWords = jobs.lineWords();
        int regionOctets = memory.length();
        int left = octetsPerCall();
        int packet = from;
        for (; packet < to; packet++) {
            left -= packets.length(packet);
            if ((left < 0 && packet > from) || !isPacket(packets, packet, regionOctets)) {
                break;
            }
            int at = packets.offset(packet);
            long text = texts + at;
            int octets = layout.textOctets(packets.length(packet));
            words.put(job + Job.SOURCE, text);
            words.put(job + Job.DESTINATION, text);
            words.put(job + Job.CIPHER_OCTETS, octets);
            if (hashLength) {
                words.put(job + Job.HASH_OCTETS, octets);
            }
            if (icvOnWire) {
                words.put(job + Job.ICV, text + octets);
            }
            JobSlots.write(words, line, layout, memory, at, packets.sequence(packet));
            job = (job + jobWords) & MultiBuffer.POSITIONS;
            line = (line + lineWords) & MultiBuffer.POSITIONS;
        }
        return packet;
    }

    /** Compares the ICVs; {@return how many are refused}. */
    private int judge(JobSlots jobs, CryptoBurst packets, int from, int to) {
        DirectMemory memory = (DirectMemory) packets.memory();
        LongBuffer words = multiBuffer.words();
        int octets = layout.icvOctets();
        int refusals = 0;
        int computed = jobs.icv(0) & MultiBuffer.POSITIONS;
        int lineWords = jobs.lineWords();
        for (int packet = from; packet < to; packet++) {
            int icv = layout.icvAt(packets.offset(packet), packets.length(packet));
            if (Icv.equal(memory, icv, words, computed, octets)) {
                packets.complete(packet, CryptoBurst.DONE);
            } else {
                packets.complete(packet, CryptoBurst.ICV_MISMATCH);
                refused[refusals++] = packet;
            }
            computed = (computed + lineWords) & MultiBuffer.POSITIONS;
        }
        return refusals;
    }

    /** The modes are stream ciphers: sealing what was opened gives the wire's octets again. */
    private void withdraw(CryptoBurst packets, int refusals, long base, boolean restore) {
        if (restore) {
            JobSlots jobs = multiBuffer.ring(sealing, refusals);
            for (int i = 0; i < refusals; i++) {
                prepare(jobs, i, packets, refused[i], refused[i] + 1, base, false);
                multiBuffer.words().put(jobs.job(i) + Job.ICV, jobs.icvAddress(i));
            }
            if (multiBuffer.submit(refusals)) {
                return;
            }
        }
        for (int i = 0; i < refusals; i++) {
            zero(packets, refused[i]);
        }
    }

    private void zero(CryptoBurst packets, int packet) {
        packets.memory().zero(layout.textAt(packets.offset(packet)), layout.textOctets(packets.length(packet)));
    }

    @Override
    protected void release() {
        sealing.erase();
        opening.erase();
    }
}
