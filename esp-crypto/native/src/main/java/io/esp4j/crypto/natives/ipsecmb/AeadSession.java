package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.natives.Zeros;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import java.nio.LongBuffer;

/**
 * AES-GCM (RFC 4106), AES-CCM (RFC 4309) and ChaCha20-Poly1305 (RFC 7634), each with an implicit IV too (RFC 8750).
 * Threads: as its context.
 */
final class AeadSession extends NativeSession {
    /** No address: ICVs go to their place in the packet. */
    private static final long ON_WIRE = 0;

    private final MultiBuffer multiBuffer;
    private final EspLayout layout;
    private final JobTemplate sealing;
    private final JobTemplate opening;
    private final boolean hashLength;
    private final int[] refused = new int[PacketBatch.CAPACITY];

    AeadSession(IpsecMbContext context, IpsecMbKey key) {
        super(context, key, false, GcmOnArrays.of(context, key));
        multiBuffer = context.multiBuffer();
        layout = key.layout();
        hashLength = key.transform().cipher() != Cipher.AES_GCM;
        sealing = AeadTemplate.of(context, key, Job.ENCRYPT);
        opening = AeadTemplate.of(context, key, Job.DECRYPT);
    }

    @Override
    protected void seal(CryptoBurst packets, int from, int to, long base) {
        int count = to - from;
        JobSlots jobs = multiBuffer.ring(sealing, count);
        prepare(jobs, 0, packets, from, to, base, ON_WIRE);
        packets.complete(from, to, multiBuffer.submit(count) ? CryptoBurst.DONE : CryptoBurst.FAILED);
    }

    @Override
    protected void open(CryptoBurst packets, int from, int to, long base, boolean restore) {
        int count = to - from;
        JobSlots jobs = multiBuffer.ring(opening, count);
        prepare(jobs, 0, packets, from, to, base, computedIcvs(0));
        if (!multiBuffer.submit(count)) {
            fail(packets, from, to);
            return;
        }
        int refusals = judge(packets, from, to);
        if (refusals > 0) {
            withdraw(packets, refusals, base, restore);
        }
    }

    private long computedIcvs(int slot) {
        return multiBuffer.address(multiBuffer.computedIcv(slot));
    }

    /** Writes what changes from packet to packet: the fields of a job, its nonce, its AAD. */
    private void prepare(JobSlots jobs, int slot, CryptoBurst packets, int from, int to, long base, long icvs) {
        LongBuffer words = multiBuffer.words();
        DirectMemory memory = (DirectMemory) packets.memory();
        int headerOctets = layout.textAt(0);
        int overhead = headerOctets + layout.icvOctets();
        boolean esn = layout.esn();
        int jobWords = jobs.jobWords();
        int job = jobs.job(slot);
        int iv = jobs.iv(slot);
        int aad = jobs.aad(slot);
        long icv = icvs;
        for (int packet = from; packet < to; packet++) {
            int at = packets.offset(packet);
            int text = packets.length(packet) - overhead;
            long source = base + at;
            words.put(job + Job.SOURCE, source);
            words.put(job + Job.DESTINATION, source + headerOctets);
            words.put(job + Job.CIPHER_OCTETS, text);
            if (hashLength) {
                words.put(job + Job.HASH_OCTETS, text);
            }
            words.put(job + Job.ICV, icvs == ON_WIRE ? source + headerOctets + text : icv);
            long header = memory.int64(at);
            long number = layout.number(header, packets.sequence(packet));
            words.put(iv, Wire.order(layout.iv(memory, at, number)));
            if (esn) {
                words.put(aad - 1, Wire.order(header >>> Integer.SIZE));
                words.put(aad, Wire.order(number));
            } else {
                words.put(aad, Wire.order(header));
            }
            job += jobWords;
            iv += JobSlots.STRIDE_WORDS;
            aad += JobSlots.STRIDE_WORDS;
            icv += MultiBuffer.ICV_WORDS * Long.BYTES;
        }
    }

    /** Compares the ICVs; {@return how many are refused}. */
    private int judge(CryptoBurst packets, int from, int to) {
        DirectMemory memory = (DirectMemory) packets.memory();
        LongBuffer words = multiBuffer.words();
        int octets = layout.icvOctets();
        int refusals = 0;
        for (int packet = from; packet < to; packet++) {
            int icv = layout.icvAt(packets.offset(packet), packets.length(packet));
            if (Icv.equal(memory, icv, words, multiBuffer.computedIcv(packet - from), octets)) {
                packets.complete(packet, CryptoBurst.DONE);
            } else {
                packets.complete(packet, CryptoBurst.ICV_MISMATCH);
                refused[refusals++] = packet;
            }
        }
        return refusals;
    }

    /** The modes are stream ciphers: sealing what was opened gives the wire's octets again. */
    private void withdraw(CryptoBurst packets, int refusals, long base, boolean restore) {
        if (restore) {
            JobSlots jobs = multiBuffer.ring(sealing, refusals);
            for (int i = 0; i < refusals; i++) {
                prepare(jobs, i, packets, refused[i], refused[i] + 1, base, computedIcvs(i));
            }
            if (multiBuffer.submit(refusals)) {
                return;
            }
        }
        for (int i = 0; i < refusals; i++) {
            zero(packets, refused[i]);
        }
    }

    private void fail(CryptoBurst packets, int from, int to) {
        for (int packet = from; packet < to; packet++) {
            zero(packets, packet);
            packets.complete(packet, CryptoBurst.FAILED);
        }
    }

    private void zero(CryptoBurst packets, int packet) {
        Zeros.write(packets.memory(), layout.textAt(packets.offset(packet)), layout.textOctets(packets.length(packet)));
    }

    @Override
    protected void release() {
        sealing.erase();
        opening.erase();
    }
}
