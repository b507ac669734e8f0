package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.CheckingSession;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.Memory;
import java.nio.LongBuffer;

/**
 * AES-CBC (RFC 3602) or NULL (RFC 2410) with a truncated HMAC (RFC 4868, RFC 2404). Threads: as its context.
 *
 * <p>Cipher and hash are a call each. Opening hashes first and decrypts only what was genuine, so that a refused packet was never
 * changed. With ESN the HMAC covers the high half of the sequence number behind the ciphertext, where the wire has the
 * ICV (RFC 4303 §2.2.1): it stands in the ICV's place while the hash runs.
 */
final class HmacSession extends CheckingSession {
    /** Where, in a hash job's line, the octets of a received ICV are kept that the high half displaces. */
    private static final int DISPLACED = JobSlots.SALT;

    private final MultiBuffer multiBuffer;
    private final JobTemplate hashing;
    private final JobTemplate ciphering;
    private final boolean encrypts;
    private final EspLayout layout;
    private final int keyOctets;
    private final int icvOctets;
    private final int hash;
    private final int[] genuine = new int[PACKETS_PER_CALL];

    HmacSession(IpsecMbContext context, IpsecMbKey key) {
        super(context, key, false);
        Transform transform = key.transform();
        multiBuffer = context.multiBuffer();
        encrypts = transform.cipher() == Cipher.AES_CBC;
        layout = key.layout();
        keyOctets = transform.keyOctets();
        icvOctets = layout.icvOctets();
        hash = hash(transform.integrity());
        hashing = new JobTemplate()
                .set(Job.HASH_OFFSET, 0)
                .set(Job.ICV_OCTETS, icvOctets)
                .set(Job.HMAC_INNER, key.hmacInner())
                .set(Job.HMAC_OUTER, key.hmacOuter())
                .set(Job.STATUS_AND_CIPHER, 0, Job.CIPHER_NULL)
                .set(Job.DIRECTION_AND_HASH, Job.ENCRYPT, hash)
                .set(Job.CHAIN_ORDER, Job.HASH_THEN_CIPHER);
        ciphering = new JobTemplate()
                .set(Job.ENCRYPTION_KEYS, key.encryptionKeys())
                .set(Job.DECRYPTION_KEYS, key.decryptionKeys())
                .set(Job.KEY_OCTETS, keyOctets)
                .set(Job.CIPHER_OFFSET, layout.textAt(0))
                .set(Job.IV_OCTETS, transform.ivOctets());
    }

    private static int hash(Integrity integrity) {
        return switch (integrity) {
            case HMAC_SHA1_96 -> Job.HASH_HMAC_SHA1;
            case HMAC_SHA256_128 -> Job.HASH_HMAC_SHA256;
            case HMAC_SHA384_192 -> Job.HASH_HMAC_SHA384;
            case HMAC_SHA512_256 -> Job.HASH_HMAC_SHA512;
            case COMBINED -> throw new IllegalArgumentException("a combined mode has no HMAC");
        };
    }

    @Override
    protected void sealChecked(CryptoBurst packets, int from, int to, long base) {
        int count = to - from;
        boolean done = true;
        if (encrypts) {
            JobSlots jobs = multiBuffer.cipherJobs(ciphering, count);
            for (int packet = from; packet < to; packet++) {
                prepareCipher(jobs, packet - from, packets, packet, base);
            }
            done = multiBuffer.cipher(jobs, count, Job.CIPHER_CBC, Job.ENCRYPT, keyOctets);
        }
        JobSlots jobs = multiBuffer.hashJobs(hashing, count);
        for (int packet = from; packet < to; packet++) {
            int icv = icv(packets, packet);
            writeHighHalf(packets.memory(), icv, packets.sequence(packet));
            prepareHash(jobs, packet - from, packets, packet, base, base + icv);
        }
        if (multiBuffer.hash(jobs, count, hash) && done) {
            packets.complete(from, to, CryptoBurst.DONE);
        } else {
            fail(packets, from, to);
        }
    }

    @Override
    protected void openChecked(CryptoBurst packets, int from, int to, long base, boolean restore) {
        JobSlots jobs = multiBuffer.hashJobs(hashing, to - from);
        if (!hashToScratch(jobs, packets, from, to, base)) {
            packets.complete(from, to, CryptoBurst.FAILED);
            return;
        }
        int genuineCount = 0;
        for (int packet = from; packet < to; packet++) {
            int computed = jobs.icv(packet - from);
            if (Icv.equal(packets.memory(), icv(packets, packet), multiBuffer.words(), computed, icvOctets)) {
                packets.complete(packet, CryptoBurst.DONE);
                genuine[genuineCount++] = packet;
            } else {
                packets.complete(packet, CryptoBurst.ICV_MISMATCH);
            }
        }
        if (encrypts && genuineCount > 0) {
            decrypt(packets, genuineCount, base);
        }
    }

    /** Leaves the packets as they were; {@return whether their ICVs are computed}. */
    private boolean hashToScratch(JobSlots jobs, CryptoBurst packets, int from, int to, long base) {
        int count = to - from;
        Memory memory = packets.memory();
        LongBuffer words = multiBuffer.words();
        for (int slot = 0; slot < count; slot++) {
            int packet = from + slot;
            int icv = icv(packets, packet);
            words.put(jobs.line(slot) + DISPLACED, memory.int32(icv));
            writeHighHalf(memory, icv, packets.sequence(packet));
            prepareHash(jobs, slot, packets, packet, base, jobs.icvAddress(slot));
        }
        boolean done = multiBuffer.hash(jobs, count, hash);
        for (int slot = 0; slot < count; slot++) {
            memory.int32(icv(packets, from + slot), (int) words.get(jobs.line(slot) + DISPLACED));
        }
        return done;
    }

    private void decrypt(CryptoBurst packets, int count, long base) {
        JobSlots jobs = multiBuffer.cipherJobs(ciphering, count);
        for (int slot = 0; slot < count; slot++) {
            prepareCipher(jobs, slot, packets, genuine[slot], base);
        }
        if (!multiBuffer.cipher(jobs, count, Job.CIPHER_CBC, Job.DECRYPT, keyOctets)) {
            for (int slot = 0; slot < count; slot++) {
                fail(packets, genuine[slot], genuine[slot] + 1);
            }
        }
    }

    private int icv(CryptoBurst packets, int packet) {
        return layout.icvAt(packets.offset(packet), packets.length(packet));
    }

    private void writeHighHalf(Memory memory, int icv, long sequence) {
        if (layout.esn()) {
            memory.int32(icv, EspLayout.sequenceHigh(sequence));
        }
    }

    private void prepareHash(JobSlots jobs, int slot, CryptoBurst packets, int packet, long base, long icv) {
        LongBuffer words = multiBuffer.words();
        int job = jobs.job(slot);
        int hashed = packets.length(packet) - icvOctets + (layout.esn() ? Integer.BYTES : 0);
        words.put(job + Job.SOURCE, base + packets.offset(packet));
        words.put(job + Job.HASH_OCTETS, hashed);
        words.put(job + Job.ICV, icv);
    }

    private void prepareCipher(JobSlots jobs, int slot, CryptoBurst packets, int packet, long base) {
        LongBuffer words = multiBuffer.words();
        int job = jobs.job(slot);
        long source = base + packets.offset(packet);
        words.put(job + Job.SOURCE, source);
        words.put(job + Job.DESTINATION, source + layout.textAt(0));
        words.put(job + Job.CIPHER_OCTETS, layout.textOctets(packets.length(packet)));
        words.put(job + Job.IV, source + layout.ivAt(0));
    }

    @Override
    protected void release() {
        hashing.erase();
        ciphering.erase();
    }
}
