package io.esp4j.offload.agent;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.NumberedSealer;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.memory.Memory;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SadEntry;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.IpAddress;
import java.util.random.RandomGenerator;

/**
 * An SA in the agent: its key in the SAD, and the state of its mode and direction. A key is expanded at its first packet. Threads: single owner
 * thread.
 */
final class AgentSa implements SadEntry {
    final int handle;
    final int port;
    final OffloadSa sa;
    final SadDomain owner;
    final int domain;
    IvDatabase numbers;
    HighHalfTracker tracker;
    OutboundSa outbound;
    InboundSa inbound;
    long packets;
    long octets;
    private final CryptoBurst operation = new CryptoBurst(1);
    private CryptoKey key;
    private CryptoSession session;
    private NumberedSealer sealer;

    AgentSa(int handle, int port, OffloadSa sa, int domain) {
        this.handle = handle;
        this.port = port;
        this.sa = sa;
        owner = sa.domain();
        this.domain = domain;
    }

    boolean isFor(SaDirection direction) {
        return sa.direction() == direction;
    }

    boolean isPacketMode() {
        return sa.mode() == OffloadMode.PACKET;
    }

    /** {@return towards the link the least next number, towards the host the highest one received} */
    long position() {
        if (outbound != null) {
            return outbound.lastSequence() + 1;
        }
        if (inbound != null) {
            return inbound.highestSequence();
        }
        return numbers != null ? numbers.next() : tracker.top();
    }

    /** Expands the key at the first packet. */
    void unlock(CryptoProvider provider, CryptoContext context) {
        if (session == null) {
            SaParameters parameters = sa.parameters();
            key = provider.expand(parameters.transform(), parameters.esn(), sa.material());
            session = context.session(key);
        }
    }

    int seal(RandomGenerator ivs, Memory memory, int payloadAt, int payloadOctets, int nextHeader, long number) {
        if (sealer == null) {
            sealer = new NumberedSealer(sa.parameters(), session, ivs);
        }
        return sealer.seal(memory, payloadAt, payloadOctets, nextHeader, number);
    }

    /** Some providers refuse to repeat the nonce before. Hardware does not, so that this hazard needs a session that has forgotten it. */
    void forgetNonce(CryptoContext context) {
        session.close();
        session = context.session(key);
        if (sealer != null) {
            sealer.session(session);
        }
    }

    /** {@return octets of ESP header and IV} */
    int headerOctets() {
        return EspHeader.OCTETS + sa.parameters().transform().ivOctets();
    }

    boolean open(Memory memory, int espAt, int espOctets, long number) {
        operation.reset(memory);
        operation.add(espAt, espOctets, number);
        session.open(operation, 0, 1, true);
        return operation.status(0) == CryptoBurst.DONE;
    }

    void close() {
        if (session != null) {
            session.close();
            key.close();
        }
        sa.material().destroy();
    }

    @Override
    public int spi() {
        return sa.parameters().spi();
    }

    @Override
    public int domain() {
        return domain;
    }

    @Override
    public SadMatch match() {
        return SadMatch.SPI_DESTINATION;
    }

    @Override
    public IpAddress destination() {
        return sa.parameters().destination();
    }

    @Override
    public IpAddress source() {
        return sa.parameters().source();
    }
}
