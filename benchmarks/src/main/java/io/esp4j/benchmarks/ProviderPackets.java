package io.esp4j.benchmarks;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.Random;

/** Packets of one key in one memory, and a session to seal and open them: a provider with nothing around it. */
final class ProviderPackets implements AutoCloseable {
    static final int PACKETS = 32;

    private static final int SPI = 0x1000;
    private static final int GAP_OCTETS = 64;

    private final Transform transform;
    private final CryptoKey key;
    private final CryptoContext context;
    private final CryptoSession session;
    private final CryptoBurst burst = new CryptoBurst(PACKETS);
    private final Memory memory;
    private final Memory copy;
    private final int packetOctets;
    private final int strideOctets;
    private long sequence;

    /**
     * Packets with random text.
     *
     * @param innerOctets what a packet carries, before padding and trailer
     * @param direct whether they lie in direct memory, or else in an array
     */
    ProviderPackets(String provider, String transformName, int innerOctets, boolean direct) {
        transform = Transform.named(transformName);
        CryptoProvider named = CryptoProviders.load().named(provider);
        Random random = new Random(4303);
        byte[] keyOctets = new byte[transform.keyOctets() + transform.saltOctets()];
        byte[] integrityKey = new byte[transform.integrityKeyOctets()];
        random.nextBytes(keyOctets);
        random.nextBytes(integrityKey);
        key = named.expand(transform, true, KeyingMaterial.of(keyOctets, integrityKey));
        context = named.newContext();
        session = context.session(key);
        int textOctets = (innerOctets + 2 + transform.alignment() - 1) / transform.alignment() * transform.alignment();
        packetOctets = transform.overheadOctets() + textOctets;
        strideOctets = (packetOctets + GAP_OCTETS + 63) / 64 * 64;
        memory = direct ? Memory.allocateDirect(PACKETS * strideOctets) : Memory.of(new byte[PACKETS * strideOctets]);
        copy = Memory.of(new byte[PACKETS * strideOctets]);
    }

    /** Gives every packet a new number and IV. */
    void renumber() {
        burst.reset(memory);
        for (int i = 0; i < PACKETS; i++) {
            int at = i * strideOctets;
            sequence++;
            memory.int32(at, SPI);
            memory.int32(at + 4, (int) sequence);
            if (transform.ivOctets() > 0) {
                memory.int64(at + 8, sequence);
            }
            burst.add(at, packetOctets, sequence);
        }
    }

    /** Seals all packets in runs of a length that divides their number. */
    void seal(int run) {
        for (int i = 0; i < PACKETS; i += run) {
            session.seal(burst, i, i + run);
        }
    }

    /** Opens all packets in runs of a length that divides their number. */
    void open(int run, boolean restore) {
        for (int i = 0; i < PACKETS; i += run) {
            session.open(burst, i, i + run, restore);
        }
    }

    /** Remembers the packets as they are. */
    void remember() {
        memory.copyTo(0, copy, 0, memory.length());
    }

    /** Puts the remembered octets back, packet by packet. */
    void recall() {
        for (int i = 0; i < PACKETS; i++) {
            int at = i * strideOctets;
            copy.copyTo(at, memory, at, packetOctets);
        }
    }

    /** Changes the last octet of every remembered ICV, so that all packets are forged. */
    void forge() {
        for (int i = 0; i < PACKETS; i++) {
            int last = i * strideOctets + packetOctets - 1;
            copy.octet(last, copy.octet(last) ^ 1);
        }
    }

    /** Throws unless every packet ended with a status. */
    void require(byte status) {
        for (int i = 0; i < PACKETS; i++) {
            if (burst.status(i) != status) {
                throw new IllegalStateException("packet " + i + " ended as " + burst.status(i));
            }
        }
    }

    CryptoBurst burst() {
        return burst;
    }

    @Override
    public void close() {
        session.close();
        context.close();
        key.close();
    }
}
