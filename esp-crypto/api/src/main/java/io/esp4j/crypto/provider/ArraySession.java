package io.esp4j.crypto.provider;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import java.security.GeneralSecurityException;
import java.security.ProviderException;

/**
 * A session of a library that computes one packet at a time on Java arrays.
 *
 * <p>The subclass is the algorithm; this class is all that is the same for every one of them. Each operation goes
 * through these steps:
 * <ol>
 *   <li>a closed key or session: {@link CryptoBurst#FAILED};
 *   <li>a length that no packet of the transform has: {@code FAILED} sealing, {@link CryptoBurst#ICV_MISMATCH} opening;
 *   <li>the packet is used where it lies, or staged if that is direct memory;
 *   <li>the algorithm seals in place, or opens into scratch memory;
 *   <li>if the key was closed meanwhile, what was computed is wiped: it may be under overwritten octets;
 *   <li>the result is copied over the packet only if it is {@link CryptoBurst#DONE}.
 * </ol>
 *
 * <p>Threads: single owner thread.
 */
public abstract class ArraySession implements CryptoSession {
    /** What is asked of the scratch memory beyond the packet's length: a block and an untruncated ICV. */
    private static final int SPARE_OCTETS = 32;

    /** The layout of the key's packets. */
    protected final EspLayout layout;

    private final ExpandedKey key;
    private final WorkerContext<?> context;
    private final boolean encrypts;
    private boolean closed;

    /**
     * A session.
     *
     * @param key its key
     * @param context the context that makes it
     */
    protected ArraySession(ExpandedKey key, WorkerContext<?> context) {
        this.key = key;
        this.context = context;
        this.layout = key.layout();
        Cipher cipher = key.transform().cipher();
        encrypts = cipher != Cipher.NULL && cipher != Cipher.AES_GMAC;
    }

    /**
     * Encrypts the text in place and writes the ICV behind it.
     *
     * @param packet memory of the packet
     * @param at position of the SPI
     * @param length octets from SPI to the end of the ICV, of which the layout says that they fit
     * @param sequence the 64-bit sequence number
     * @param scratch at least {@code length + 32} octets to work in
     * @throws GeneralSecurityException if the library refuses; ends as {@link CryptoBurst#FAILED}
     */
    protected abstract void seal(HeapMemory packet, int at, int length, long sequence, byte[] scratch)
            throws GeneralSecurityException;

    /**
     * Checks the ICV in constant time and decrypts the text to the beginning of {@code text}. The packet's octets are left
     * as they are.
     *
     * @param packet memory of the packet
     * @param at position of the SPI
     * @param length octets from SPI to the end of the ICV, of which the layout says that they fit
     * @param sequence the 64-bit sequence number
     * @param text at least {@code length + 32} octets for the text; anything may be left in it if the ICV is wrong
     * @return whether the ICV is right
     * @throws GeneralSecurityException if the library refuses for another reason; ends as {@link CryptoBurst#FAILED}
     */
    protected abstract boolean open(HeapMemory packet, int at, int length, long sequence, byte[] text)
            throws GeneralSecurityException;

    /** Drops what the library holds of the key; called once. */
    protected abstract void release();

    @Override
    public final void seal(CryptoBurst burst, int from, int to) {
        if (burst.memory() instanceof HeapMemory heap) {
            for (int i = from; i < to; i++) {
                burst.complete(
                        i,
                        isPacket(burst, i)
                                ? sealed(heap, burst.offset(i), burst.length(i), burst.sequence(i))
                                : CryptoBurst.FAILED);
            }
        } else {
            DirectMemory direct = (DirectMemory) burst.memory();
            for (int i = from; i < to; i++) {
                burst.complete(
                        i,
                        isPacket(burst, i)
                                ? sealStaged(direct, burst.offset(i), burst.length(i), burst.sequence(i))
                                : CryptoBurst.FAILED);
            }
        }
    }

    private boolean isPacket(CryptoBurst burst, int index) {
        return layout.isPacket(
                burst.offset(index), burst.length(index), burst.memory().length());
    }

    private byte sealStaged(DirectMemory direct, int at, int length, long sequence) {
        HeapMemory stage = context.stage(length);
        direct.copyTo(at, stage, 0, length);
        byte status = sealed(stage, 0, length, sequence);
        if (status == CryptoBurst.DONE) {
            int text = layout.textAt(0);
            stage.copyTo(text, direct, at + text, length - text);
        }
        return status;
    }

    private byte sealed(HeapMemory packet, int at, int length, long sequence) {
        if (closed || key.closed()) {
            return CryptoBurst.FAILED;
        }
        boolean done = false;
        try {
            seal(
                    packet,
                    at,
                    length,
                    sequence,
                    context.aside(length + SPARE_OCTETS).array());
            done = !key.closed();
        } catch (GeneralSecurityException | ProviderException e) {
            // Told as a status: a packet never throws.
        }
        if (done) {
            return CryptoBurst.DONE;
        }
        packet.zero(layout.textAt(at), length - layout.textAt(0));
        return CryptoBurst.FAILED;
    }

    /** {@inheritDoc} A refused packet always keeps its octets here, whatever {@code restore} says. */
    @Override
    public final void open(CryptoBurst burst, int from, int to, boolean restore) {
        if (burst.memory() instanceof HeapMemory heap) {
            for (int i = from; i < to; i++) {
                burst.complete(i, isPacket(burst, i) ? opened(heap, burst.offset(i), heap, burst, i) : refused());
            }
        } else {
            DirectMemory direct = (DirectMemory) burst.memory();
            for (int i = from; i < to; i++) {
                burst.complete(i, isPacket(burst, i) ? openStaged(direct, burst, i) : refused());
            }
        }
    }

    private byte openStaged(DirectMemory direct, CryptoBurst burst, int index) {
        HeapMemory stage = context.stage(burst.length(index));
        direct.copyTo(burst.offset(index), stage, 0, burst.length(index));
        return opened(stage, 0, direct, burst, index);
    }

    /** How the opening of something ends that has no packet's length. */
    private byte refused() {
        return closed || key.closed() ? CryptoBurst.FAILED : CryptoBurst.ICV_MISMATCH;
    }

    private byte opened(HeapMemory packet, int at, Memory target, CryptoBurst burst, int index) {
        int length = burst.length(index);
        if (closed || key.closed()) {
            return CryptoBurst.FAILED;
        }
        HeapMemory aside = context.aside(length + SPARE_OCTETS);
        byte status;
        try {
            boolean right = open(packet, at, length, burst.sequence(index), aside.array());
            status = key.closed() ? CryptoBurst.FAILED : right ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH;
        } catch (GeneralSecurityException | ProviderException e) {
            status = CryptoBurst.FAILED;
        }
        if (encrypts) {
            int octets = layout.textOctets(length);
            if (status == CryptoBurst.DONE) {
                aside.copyTo(0, target, layout.textAt(burst.offset(index)), octets);
            } else {
                aside.zero(0, octets);
            }
        }
        return status;
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            context.forget(this);
            release();
        }
    }
}
