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
    protected void seal(PacketBatch batch, CryptoBurst burst, int first) {
        int count = batch.size();
        JobSlots jobs = multiBuffer.ring(sealing, count);
        prepare(jobs, 0, batch, 0, count, burst, first, ON_WIRE);
        burst.complete(first, first + count, multiBuffer.submit(count) ? CryptoBurst.DONE : CryptoBurst.FAILED);
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

    /** Writes what changes from packet to packet: the fields of a job, its nonce, its AAD. */
    private void prepare(
            JobSlots jobs, int slot, PacketBatch batch, int from, int to, CryptoBurst burst, int first, long icvs) {
        LongBuffer words = multiBuffer.words();
        DirectMemory memory = batch.memory();
        int headerOctets = layout.textAt(0);
        int overhead = headerOctets + layout.icvOctets();
        long base = batch.base();
        boolean esn = layout.esn();
        int jobWords = jobs.jobWords();
        int job = jobs.job(slot);
        int iv = jobs.iv(slot);
        int aad = jobs.aad(slot);
        long icv = icvs;
        for (int i = from; i < to; i++) {
            int at = batch.at(i);
            int text = batch.octets(i) - overhead;
            long source = base + at;
            words.put(job + Job.SOURCE, source);
            words.put(job + Job.DESTINATION, source + headerOctets);
            words.put(job + Job.CIPHER_OCTETS, text);
            if (hashLength) {
                words.put(job + Job.HASH_OCTETS, text);
            }
            words.put(job + Job.ICV, icvs == ON_WIRE ? source + headerOctets + text : icv);
            long header = memory.int64(at);
            long number = layout.number(header, burst.sequence(first + i));
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
    private int judge(PacketBatch batch, CryptoBurst burst, int first) {
        DirectMemory memory = batch.memory();
        LongBuffer words = multiBuffer.words();
        int octets = layout.icvOctets();
        int refusals = 0;
        for (int i = 0; i < batch.size(); i++) {
            int icv = layout.icvAt(batch.at(i), batch.octets(i));
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
        Zeros.write(batch.memory(), layout.textAt(batch.at(packet)), layout.textOctets(batch.octets(packet)));
    }

    @Override
    protected void release() {
        sealing.erase();
        opening.erase();
    }
}
