package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.natives.PacketShape;
import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.natives.Zeros;
import io.esp4j.memory.DirectMemory;
import java.nio.LongBuffer;

/**
 * AES-GCM (RFC 4106), AES-CCM (RFC 4309) and ChaCha20-Poly1305 (RFC 7634), each with an implicit IV too (RFC 8750).
 * Threads: as its context.
 */
final class AeadSession extends NativeSession {
    private static final int IV_AT = 8;

    /** No address: ICVs go to their place in the packet. */
    private static final long ON_WIRE = 0;

    private final MultiBuffer multiBuffer;
    private final JobTemplate sealing;
    private final JobTemplate opening;
    private final boolean esn;
    private final boolean implicitIv;
    private final long implicitIvMask;
    private final boolean hashLength;
    private final int headerOctets;
    private final int icvOctets;
    private final int[] refused = new int[PacketBatch.CAPACITY];

    AeadSession(IpsecMbContext context, IpsecMbKey key) {
        super(context, key, PacketShape.of(key.transform()), GcmOnArrays.of(context, key));
        Transform transform = key.transform();
        multiBuffer = context.multiBuffer();
        esn = key.esn();
        implicitIv = transform.implicitIv();
        // RFC 8750 §4: without ESN the high half is zeros.
        implicitIvMask = esn ? -1 : 0xffff_ffffL;
        hashLength = transform.cipher() != Cipher.AES_GCM;
        icvOctets = transform.icvOctets();
        headerOctets = IV_AT + transform.ivOctets();
        sealing = AeadTemplate.of(context, key, Job.ENCRYPT);
        opening = AeadTemplate.of(context, key, Job.DECRYPT);
    }

    @Override
    protected void seal(PacketBatch batch, CryptoBurst burst, int first) {
        int count = batch.size();
        JobSlots jobs = multiBuffer.ring(sealing, count);
        prepare(jobs, 0, batch, 0, count, burst, first, ON_WIRE);
        byte status = multiBuffer.submit(count) ? CryptoBurst.DONE : CryptoBurst.FAILED;
        for (int i = 0; i < count; i++) {
            burst.complete(first + i, status);
        }
    }

    @Override
    protected void open(PacketBatch batch, CryptoBurst burst, int first, boolean restore) {
        int count = batch.size();
        JobSlots jobs = multiBuffer.ring(opening, count);
        prepare(jobs, 0, batch, 0, count, burst, first, multiBuffer.address(multiBuffer.computedIcv(0)));
        if (!multiBuffer.submit(count)) {
            fail(batch, burst, first);
            return;
        }
        int refusals = judge(batch, burst, first);
        if (refusals > 0) {
            withdraw(batch, burst, first, refusals, restore);
        }
    }

    /**
     * Writes what changes from packet to packet: the fields of a job, its nonce, its AAD.
     *
     * <p>One loop over locals: the JIT keeps the buffers' addresses and limits in registers.
     */
    private void prepare(
            JobSlots jobs, int slot, PacketBatch batch, int from, int to, CryptoBurst burst, int first, long icvs) {
        LongBuffer words = multiBuffer.words();
        DirectMemory memory = batch.memory();
        long base = batch.base();
        int header = headerOctets;
        int overhead = headerOctets + icvOctets;
        int job = jobs.job(slot);
        int iv = jobs.iv(slot);
        int aad = jobs.aad(slot);
        long icv = icvs;
        for (int i = from; i < to; i++) {
            int at = batch.at(i);
            int text = batch.octets(i) - overhead;
            long sequence = burst.sequence(first + i);
            long source = base + at;
            long spiAndNumber = memory.int64(at);
            words.put(job + Job.SOURCE, source);
            words.put(job + Job.DESTINATION, source + header);
            words.put(job + Job.CIPHER_OCTETS, text);
            if (hashLength) {
                words.put(job + Job.HASH_OCTETS, text);
            }
            words.put(job + Job.ICV, icvs == ON_WIRE ? source + header + text : icv);
            words.put(iv, Wire.order(implicitIv ? sequence & implicitIvMask : memory.int64(at + IV_AT)));
            if (esn) {
                words.put(aad - 1, Wire.order(spiAndNumber >>> Integer.SIZE));
                words.put(aad, Wire.order(sequence));
            } else {
                words.put(aad, Wire.order(spiAndNumber));
            }
            job += jobs.jobWords();
            iv += JobSlots.STRIDE_WORDS;
            aad += JobSlots.STRIDE_WORDS;
            icv += MultiBuffer.ICV_WORDS * Long.BYTES;
        }
    }

    /** Compares the ICVs; {@return how many are refused}. */
    private int judge(PacketBatch batch, CryptoBurst burst, int first) {
        DirectMemory memory = batch.memory();
        LongBuffer words = multiBuffer.words();
        int octets = icvOctets;
        int refusals = 0;
        for (int i = 0; i < batch.size(); i++) {
            int icv = batch.at(i) + batch.octets(i) - octets;
            if (Icv.equal(memory, icv, words, multiBuffer.computedIcv(i), octets)) {
                burst.complete(first + i, CryptoBurst.DONE);
            } else {
                burst.complete(first + i, CryptoBurst.ICV_MISMATCH);
                refused[refusals++] = i;
            }
        }
        return refusals;
    }

    /** The modes are stream ciphers: sealing what was opened gives the wire's octets again. */
    private void withdraw(PacketBatch batch, CryptoBurst burst, int first, int refusals, boolean restore) {
        if (restore) {
            JobSlots jobs = multiBuffer.ring(sealing, refusals);
            for (int i = 0; i < refusals; i++) {
                prepare(
                        jobs,
                        i,
                        batch,
                        refused[i],
                        refused[i] + 1,
                        burst,
                        first,
                        multiBuffer.address(multiBuffer.computedIcv(i)));
            }
            if (multiBuffer.submit(refusals)) {
                return;
            }
        }
        for (int i = 0; i < refusals; i++) {
            zero(batch, refused[i]);
        }
    }

    private void fail(PacketBatch batch, CryptoBurst burst, int first) {
        for (int i = 0; i < batch.size(); i++) {
            zero(batch, i);
            burst.complete(first + i, CryptoBurst.FAILED);
        }
    }

    private void zero(PacketBatch batch, int packet) {
        Zeros.write(batch.memory(), batch.at(packet) + headerOctets, batch.octets(packet) - headerOctets - icvOctets);
    }

    @Override
    protected void release() {
        sealing.erase();
        opening.erase();
    }
}
