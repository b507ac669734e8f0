package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import java.nio.LongBuffer;

/**
 * AES-GMAC (RFC 4543). Nothing is encrypted, so that a refused packet was never changed. Threads: as its context.
 *
 * <p>What is authenticated is SPI, sequence number, IV and payload, as they lie on the wire; with ESN the high half of the number stands
 * behind the SPI, and the packet is staged with room for it there.
 */
final class GmacSession extends NativeSession {
    private static final int HIGH_HALF_AT = 4;

    private final MultiBuffer multiBuffer;
    private final JobTemplate template;
    private final EspLayout layout;
    private final int icvOctets;

    GmacSession(IpsecMbContext context, IpsecMbKey key) {
        super(context, key, key.esn(), null);
        Transform transform = key.transform();
        multiBuffer = context.multiBuffer();
        layout = key.layout();
        icvOctets = layout.icvOctets();
        template = context.withSuite(new JobTemplate()
                .set(Job.KEY_OCTETS, transform.keyOctets())
                .set(Job.CIPHER_OFFSET, 0)
                .set(Job.CIPHER_OCTETS, 0)
                .set(Job.HASH_OFFSET, 0)
                .set(Job.ICV_OCTETS, icvOctets)
                .set(Job.GMAC_KEY, key.encryptionKeys())
                .set(Job.GMAC_IV_OCTETS, layout.nonceOctets())
                .set(Job.STATUS_AND_CIPHER, 0, Job.CIPHER_NULL)
                .set(Job.DIRECTION_AND_HASH, Job.ENCRYPT, Job.HASH_GMAC_128 + (transform.keyOctets() - 16) / 8)
                .set(Job.CHAIN_ORDER, Job.HASH_THEN_CIPHER)
                .nonce(Job.GMAC_IV, key.salt()));
    }

    @Override
    protected void seal(PacketBatch batch, CryptoBurst burst, int first) {
        int count = batch.size();
        JobSlots jobs = multiBuffer.ring(template, count);
        for (int i = 0; i < count; i++) {
            prepare(jobs, i, batch, burst.sequence(first + i), batch.base() + icv(batch, i));
        }
        byte status = multiBuffer.submit(count) ? CryptoBurst.DONE : CryptoBurst.FAILED;
        for (int i = 0; i < count; i++) {
            burst.complete(first + i, status);
        }
    }

    @Override
    protected void open(PacketBatch batch, CryptoBurst burst, int first, boolean restore) {
        int count = batch.size();
        JobSlots jobs = multiBuffer.ring(template, count);
        for (int i = 0; i < count; i++) {
            prepare(jobs, i, batch, burst.sequence(first + i), multiBuffer.address(multiBuffer.computedIcv(i)));
        }
        boolean done = multiBuffer.submit(count);
        for (int i = 0; i < count; i++) {
            int computed = multiBuffer.computedIcv(i);
            boolean genuine = Icv.equal(batch.memory(), icv(batch, i), multiBuffer.words(), computed, icvOctets);
            burst.complete(
                    first + i, !done ? CryptoBurst.FAILED : genuine ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH);
        }
    }

    private int icv(PacketBatch batch, int packet) {
        return layout.icvAt(batch.at(packet), batch.octets(packet));
    }

    private void prepare(JobSlots jobs, int slot, PacketBatch batch, long sequence, long icv) {
        LongBuffer words = multiBuffer.words();
        DirectMemory memory = batch.memory();
        int at = batch.at(slot);
        int job = jobs.job(slot);
        int iv = layout.ivAt(at);
        if (layout.esn()) {
            memory.int32(at + HIGH_HALF_AT, EspLayout.sequenceHigh(sequence));
            iv += Integer.BYTES;
        }
        words.put(job + Job.SOURCE, batch.base() + at);
        words.put(job + Job.HASH_OCTETS, batch.octets(slot) - icvOctets);
        words.put(job + Job.ICV, icv);
        words.put(jobs.iv(slot), Wire.order(memory.int64(iv)));
    }

    @Override
    protected void release() {
        template.erase();
    }
}
