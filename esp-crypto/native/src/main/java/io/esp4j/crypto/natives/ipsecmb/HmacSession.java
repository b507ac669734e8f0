package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.natives.Zeros;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import java.nio.LongBuffer;

/**
 * AES-CBC (RFC 3602) or NULL (RFC 2410) with a truncated HMAC (RFC 4868, RFC 2404). Threads: as its context.
 *
 * <p>Cipher and hash are a call each. Opening hashes first and decrypts only what was genuine, so that a refused packet was never
 * changed. With ESN the HMAC covers the high half of the sequence number behind the ciphertext, where the wire has the
 * ICV (RFC 4303 §2.2.1): it stands in the ICV's place while the hash runs.
 */
final class HmacSession extends NativeSession {
    private final MultiBuffer multiBuffer;
    private final JobTemplate hashing;
    private final JobTemplate ciphering;
    private final boolean encrypts;
    private final EspLayout layout;
    private final int keyOctets;
    private final int icvOctets;
    private final int hash;
    private final int[] genuine = new int[PacketBatch.CAPACITY];

    HmacSession(IpsecMbContext context, IpsecMbKey key) {
        super(context, key);
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
    protected void seal(PacketBatch batch, CryptoBurst burst, int first) {
        int count = batch.size();
        boolean done = true;
        if (encrypts) {
            JobSlots jobs = multiBuffer.cipherJobs(ciphering, count);
            for (int i = 0; i < count; i++) {
                prepareCipher(jobs, i, batch, i);
            }
            done = multiBuffer.cipher(jobs, count, Job.CIPHER_CBC, Job.ENCRYPT, keyOctets);
        }
        JobSlots jobs = multiBuffer.hashJobs(hashing, count);
        for (int i = 0; i < count; i++) {
            int icv = icv(batch, i);
            writeHighHalf(batch.memory(), icv, burst.sequence(first + i));
            prepareHash(jobs, i, batch, batch.base() + icv);
        }
        done &= multiBuffer.hash(jobs, count, hash);
        for (int i = 0; i < count; i++) {
            burst.complete(first + i, done ? CryptoBurst.DONE : CryptoBurst.FAILED);
        }
    }

    @Override
    protected void open(PacketBatch batch, CryptoBurst burst, int first, boolean restore) {
        int count = batch.size();
        boolean hashed = hashToScratch(batch, burst, first);
        int genuineCount = 0;
        for (int i = 0; i < count; i++) {
            int computed = multiBuffer.computedIcv(i);
            if (!hashed) {
                burst.complete(first + i, CryptoBurst.FAILED);
            } else if (Icv.equal(batch.memory(), icv(batch, i), multiBuffer.words(), computed, icvOctets)) {
                burst.complete(first + i, CryptoBurst.DONE);
                genuine[genuineCount++] = i;
            } else {
                burst.complete(first + i, CryptoBurst.ICV_MISMATCH);
            }
        }
        if (encrypts && genuineCount > 0) {
            decrypt(batch, burst, first, genuineCount);
        }
    }

    /** Leaves the packets as they were; {@return whether their ICVs are computed}. */
    private boolean hashToScratch(PacketBatch batch, CryptoBurst burst, int first) {
        int count = batch.size();
        DirectMemory memory = batch.memory();
        LongBuffer words = multiBuffer.words();
        JobSlots jobs = multiBuffer.hashJobs(hashing, count);
        for (int i = 0; i < count; i++) {
            int icv = icv(batch, i);
            // Only the octets that the high half displaces.
            words.put(multiBuffer.displaced(i), memory.int32(icv));
            writeHighHalf(memory, icv, burst.sequence(first + i));
            prepareHash(jobs, i, batch, multiBuffer.address(multiBuffer.computedIcv(i)));
        }
        boolean done = multiBuffer.hash(jobs, count, hash);
        for (int i = 0; i < count; i++) {
            memory.int32(icv(batch, i), (int) words.get(multiBuffer.displaced(i)));
        }
        return done;
    }

    private void decrypt(PacketBatch batch, CryptoBurst burst, int first, int count) {
        JobSlots jobs = multiBuffer.cipherJobs(ciphering, count);
        for (int i = 0; i < count; i++) {
            prepareCipher(jobs, i, batch, genuine[i]);
        }
        if (!multiBuffer.cipher(jobs, count, Job.CIPHER_CBC, Job.DECRYPT, keyOctets)) {
            for (int i = 0; i < count; i++) {
                int packet = genuine[i];
                Zeros.write(batch.memory(), layout.textAt(batch.at(packet)), layout.textOctets(batch.octets(packet)));
                burst.complete(first + packet, CryptoBurst.FAILED);
            }
        }
    }

    private int icv(PacketBatch batch, int packet) {
        return layout.icvAt(batch.at(packet), batch.octets(packet));
    }

    private void writeHighHalf(DirectMemory memory, int icv, long sequence) {
        if (layout.esn()) {
            memory.int32(icv, EspLayout.sequenceHigh(sequence));
        }
    }

    private void prepareHash(JobSlots jobs, int packet, PacketBatch batch, long icv) {
        LongBuffer words = multiBuffer.words();
        int job = jobs.job(packet);
        words.put(job + Job.SOURCE, batch.base() + batch.at(packet));
        words.put(job + Job.HASH_OCTETS, batch.octets(packet) - icvOctets + (layout.esn() ? Integer.BYTES : 0));
        words.put(job + Job.ICV, icv);
    }

    private void prepareCipher(JobSlots jobs, int slot, PacketBatch batch, int packet) {
        LongBuffer words = multiBuffer.words();
        int job = jobs.job(slot);
        long source = batch.base() + batch.at(packet);
        words.put(job + Job.SOURCE, source);
        words.put(job + Job.DESTINATION, source + layout.textAt(0));
        words.put(job + Job.CIPHER_OCTETS, layout.textOctets(batch.octets(packet)));
        words.put(job + Job.IV, source + layout.ivAt(0));
    }

    @Override
    protected void release() {
        hashing.erase();
        ciphering.erase();
    }
}
