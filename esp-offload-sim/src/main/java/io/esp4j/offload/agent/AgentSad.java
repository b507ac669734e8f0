package io.esp4j.offload.agent;

import io.esp4j.crypto.CryptoContext;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SecurityAssociationDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The agent's SAD: so many SAs and no more, found by handle towards the link, and towards the host by destination, protocol, SPI
 * and, with the extended key, local address and VLANs. Threads: single owner thread.
 */
final class AgentSad {
    /** The domain that no SA is in, when domains count. */
    private static final int STRANGE = -1;

    private final Simulation simulation;
    private final AgentSettings settings;
    private final long capacity;
    private final boolean extended;
    private final Map<Integer, AgentSa> byHandle = new HashMap<>();
    private final SecurityAssociationDatabase<AgentSa> transmit = new SecurityAssociationDatabase<>();
    private final SecurityAssociationDatabase<AgentSa> receive = new SecurityAssociationDatabase<>();
    private final Map<SadDomain, Integer> domains = new HashMap<>();
    private SadDomain lastOwner;
    private int lastDomain;
    private final CryptoContext context;
    private final Dataplane outbound;
    private final Dataplane inbound;
    private final Worker sender;
    private final Worker receiver;
    private int lastHandle;

    AgentSad(Simulation simulation, AgentSettings settings) {
        this.simulation = simulation;
        this.settings = settings;
        capacity = simulation.value(Parameter.SAD_CAPACITY);
        extended = !simulation.has(Hazard.BASE_KEY);
        Dataplane.Builder journeys = Dataplane.builder()
                .provider(settings.provider())
                .random(settings.ivs())
                .clock(simulation::nowNanos);
        outbound = journeys.build();
        inbound = journeys.build();
        context = settings.provider().newContext();
        sender = outbound.newWorker();
        receiver = inbound.newWorker();
    }

    int size() {
        return byHandle.size();
    }

    Worker sender() {
        return sender;
    }

    Worker receiver() {
        return receiver;
    }

    /** {@return another worker over the same windows, for software that shares them} */
    Worker newReceiver() {
        return inbound.newWorker();
    }

    /** {@return octets from SPI to ICV, or 0 if the crypto unit failed} */
    int seal(AgentSa sa, Memory memory, int payloadAt, int payloadOctets, int nextHeader, long number) {
        sa.unlock(settings.provider(), context);
        if (simulation.has(Hazard.NO_IV_DATABASE)) {
            sa.forgetNonce(context);
        }
        return sa.seal(settings.ivs(), memory, payloadAt, payloadOctets, nextHeader, number);
    }

    /** {@return whether the ICV was right; if not, the octets are as they were} */
    boolean open(AgentSa sa, Memory memory, int espAt, int espOctets, long number) {
        sa.unlock(settings.provider(), context);
        return sa.open(memory, espAt, espOctets, number);
    }

    private int domain(SadDomain owner, boolean enter) {
        if (!extended) {
            return 0;
        }
        if (owner.equals(lastOwner)) { // as it mostly does
            return lastDomain;
        }
        Integer known = domains.get(owner);
        if (known == null) {
            if (!enter) {
                return STRANGE;
            }
            known = domains.size() + 1;
            domains.put(owner, known);
        }
        lastOwner = owner;
        lastDomain = known;
        return known;
    }

    /** {@return whether a frame of that owner may use the SA: always, where the key is the base key} */
    boolean serves(AgentSa sa, SadDomain owner) {
        return !extended || sa.owner.equals(owner);
    }

    AgentSa byHandle(int handle) {
        return byHandle.get(handle);
    }

    /** {@return the SA of a received packet, or null} */
    AgentSa lookup(int spi, SadDomain owner, Memory memory, int ipAt) {
        return receive.lookup(spi, domain(owner, false), memory, ipAt);
    }

    /** {@return the domain that a received packet's journey looks in} */
    int domainOf(SadDomain owner) {
        return domain(owner, false);
    }

    CommandStatus check(OffloadSa sa) {
        SaParameters parameters = sa.parameters();
        if (sa.mode() == OffloadMode.NONE) {
            return CommandStatus.INVALID;
        }
        if (parameters.mode() == Mode.BEET || !settings.transforms().test(parameters.transform())) {
            return CommandStatus.NOT_SUPPORTED;
        }
        return byHandle.size() >= capacity ? CommandStatus.NO_SPACE : CommandStatus.OK;
    }

    /** {@return the SA, or null if there is one with its key; to be asked after {@link #check}} */
    AgentSa add(OffloadSa requested, int port) {
        int domain = domain(requested.domain(), true);
        boolean receiving = requested.direction() == SaDirection.RECEIVE;
        SaParameters parameters = SaCodec.rebuild(requested.parameters())
                .domain(domain)
                .sharedKey(receiving)
                .build();
        AgentSa sa = new AgentSa(lastHandle + 1, port, requested.with(parameters), domain);
        try {
            database(sa).add(sa);
        } catch (IllegalStateException e) {
            return null;
        }
        if (!equip(sa, parameters)) {
            database(sa).remove(sa);
            return null;
        }
        lastHandle++;
        byHandle.put(sa.handle, sa);
        return sa;
    }

    private boolean equip(AgentSa sa, SaParameters parameters) {
        try {
            if (sa.isPacketMode()) {
                if (sa.isFor(SaDirection.RECEIVE)) {
                    sa.inbound = inbound.addInbound(parameters, sa.sa.material());
                } else {
                    sa.outbound = outbound.addOutbound(parameters, sa.sa.material());
                }
            } else if (sa.isFor(SaDirection.RECEIVE)) {
                sa.tracker = new HighHalfTracker(
                        parameters.esn(),
                        parameters.replayWindow(),
                        parameters.sequence(),
                        (int) simulation.value(Parameter.RESYNC_FIRST_PACKETS),
                        (int) simulation.value(Parameter.RESYNC_LAST_PACKETS));
            } else {
                sa.numbers = new IvDatabase(
                        parameters.esn(), parameters.sequence() + 1, simulation.has(Hazard.COMPARE_LOW_HALVES));
            }
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return false; // the key is in use
        }
    }

    private SecurityAssociationDatabase<AgentSa> database(AgentSa sa) {
        return sa.isFor(SaDirection.RECEIVE) ? receive : transmit;
    }

    void remove(AgentSa sa) {
        byHandle.remove(sa.handle);
        database(sa).remove(sa);
        if (sa.outbound != null) {
            outbound.remove(sa.outbound);
        }
        if (sa.inbound != null) {
            inbound.remove(sa.inbound);
        }
        sa.close();
    }

    /** {@return the SAs of a port, or of all ports for −1, in the order of their handles} */
    List<AgentSa> ofPort(int port) {
        List<AgentSa> found = new ArrayList<>();
        for (AgentSa sa : byHandle.values()) {
            if (port < 0 || sa.port == port) {
                found.add(sa);
            }
        }
        found.sort((one, other) -> Integer.compare(one.handle, other.handle));
        return found;
    }
}
