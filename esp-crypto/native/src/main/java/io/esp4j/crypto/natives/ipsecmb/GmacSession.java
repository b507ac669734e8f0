package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.CheckingSession;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.Memory;
import java.nio.LongBuffer;

/**
 * AES-GMAC (RFC 4543). Nothing is encrypted, so that a refused packet was never changed. Threads: as its context.
 *
 * <p>What is authenticated is SPI, sequence number, IV and payload, as they lie on the wire; with ESN the high half of the number stands
 * behind the SPI, and the packet is staged with room for it there.
 */
final class GmacSession extends CheckingSession {
    private static final int HIGH_HALF_AT = 4;

    private final MultiBuffer multiBuffer;
    private final JobTemplate template;
    private final EspLayout layout;
    private final int icvOctets;

    GmacSession(IpsecMbContext context, IpsecMbKey key) {
        super(context, key, key.esn());
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
    protected void sealChecked(CryptoBurst packets, int from, int to, long base) {
        int count = to - from;
        JobSlots jobs = multiBuffer.ring(template, count);
        for (int packet = from; packet < to; packet++) {
            prepare(jobs, packet - from, packets, packet, base, base + icv(packets, packet));
        }
        packets.complete(from, to, multiBuffer.submit(count) ? CryptoBurst.DONE : CryptoBurst.FAILED);
    }

    @Override
    protected void openChecked(CryptoBurst packets, int from, int to, long base, boolean restore) {
        int count = to - from;
        JobSlots jobs = multiBuffer.ring(template, count);
        for (int slot = 0; slot < count; slot++) {
            prepare(jobs, slot, packets, from + slot, base, jobs.icvAddress(slot));
        }
        if (!multiBuffer.submit(count)) {
            packets.complete(from, to, CryptoBurst.FAILED);
            return;
        }
        for (int packet = from; packet < to; packet++) {
            int computed = jobs.icv(packet - from);
            boolean genuine =
                    Icv.equal(packets.memory(), icv(packets, packet), multiBuffer.words(), computed, icvOctets);
            packets.complete(packet, genuine ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH);
        }
    }

    private int icv(CryptoBurst packets, int packet) {
        return layout.icvAt(packets.offset(packet), packets.length(packet));
    }

    private void prepare(JobSlots jobs, int slot, CryptoBurst packets, int packet, long base, long icv) {
        LongBuffer words = multiBuffer.words();
        Memory memory = packets.memory();
        int at = packets.offset(packet);
        int job = jobs.job(slot);
        int iv = layout.ivAt(at);
        if (layout.esn()) {
            memory.int32(at + HIGH_HALF_AT, EspLayout.sequenceHigh(packets.sequence(packet)));
            iv += Integer.BYTES;
        }
        words.put(job + Job.SOURCE, base + at);
        words.put(job + Job.HASH_OCTETS, packets.length(packet) - icvOctets);
        words.put(job + Job.ICV, icv);
        words.put(jobs.line(slot) + JobSlots.IV, memory.word(iv));
    }

    @Override
    protected void release() {
        template.erase();
    }
}
