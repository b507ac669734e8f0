package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.outcome.AuditSink;
import io.esp4j.policy.Selector;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SecurityAssociationDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The security associations of one process, and the workers that use them.
 *
 * <p>Threads: thread-safe. SAs come and go while packets flow; each thread that moves packets takes a {@link Worker}.
 */
public final class Dataplane implements AutoCloseable {
    private final Builder settings;
    private final SecurityAssociationDatabase<InboundSa> sad = new SecurityAssociationDatabase<>();
    private final UdpPorts udpPorts = new UdpPorts();
    private final SaFactory sas;
    private final Set<OutboundSa> outbound = ConcurrentHashMap.newKeySet();
    private final Workers workers = new Workers();
    private final AtomicLong removals = new AtomicLong();

    private Dataplane(Builder settings) {
        this.settings = settings;
        sas = new SaFactory(settings.providers, settings.clock, new KeyRegistry(settings.rememberedKeys));
    }

    /** {@return a dataplane with every default} */
    public static Dataplane create() {
        return builder().build();
    }

    /** {@return a builder with every default set} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds an SA that sends. A key that has sent in a counter mode and was removed goes on behind its last number or not at all
     * (RFC 4106 §3.1). What another dataplane or process has sent under it nobody knows here: who takes a key over from there gives
     * the SA the last number that was used ({@link SaParameters#sequence()}), or it repeats nonces.
     *
     * @param parameters what it is made of
     * @param material its key, copied; the caller's copy is the caller's to destroy
     * @return the SA
     * @throws IllegalArgumentException if a length of the key is wrong, the key is in use by another SA and neither shares
     *     it, it has sent numbers above {@link SaParameters#sequence()} before, or several senders would repeat nonces
     * @see Builder#rememberedKeys
     */
    public OutboundSa addOutbound(SaParameters parameters, KeyingMaterial material) {
        OutboundSa sa = sas.outbound(parameters, material);
        outbound.add(sa);
        return sa;
    }

    /**
     * Adds an SA that receives and may carry anything.
     *
     * @param parameters what it is made of
     * @param material its key, copied
     * @return the SA, which packets find from now on
     * @throws IllegalArgumentException if a length of the key is wrong, or the key is in use by another SA and neither shares it
     * @throws IllegalStateException if an SA with that SPI exists
     */
    public InboundSa addInbound(SaParameters parameters, KeyingMaterial material) {
        return addInbound(parameters, material, null);
    }

    /**
     * Adds an SA that receives.
     *
     * @param parameters what it is made of
     * @param material its key, copied
     * @param selector what its inner packets may be (RFC 4301 §5.2), or null for anything
     * @return the SA, which packets find from now on
     * @throws IllegalArgumentException if a length of the key is wrong, or the key is in use by another SA and neither shares it
     * @throws IllegalStateException if an SA with that SPI exists
     */
    public InboundSa addInbound(SaParameters parameters, KeyingMaterial material, Selector selector) {
        InboundSa sa = sas.inbound(parameters, material, selector);
        try {
            sad.add(sa);
        } catch (IllegalArgumentException | IllegalStateException e) {
            sas.destroy(sa);
            throw e;
        }
        listenFor(parameters);
        return sa;
    }

    /**
     * Puts a new inbound SA in the place of one with the same SPI, in one step: every packet finds the one or the other.
     *
     * @param present the SA to be replaced, which is closed
     * @param parameters what the new one is made of
     * @param material the new key, copied
     * @param selector what its inner packets may be, or null for anything
     * @return the new SA
     * @throws IllegalArgumentException as for {@link #addInbound(SaParameters, KeyingMaterial, Selector)}
     * @throws IllegalStateException if {@code present} is not installed any more, or from within a journey as {@link #remove}
     */
    public InboundSa replace(InboundSa present, SaParameters parameters, KeyingMaterial material, Selector selector) {
        requireOutsideJourney();
        InboundSa successor = sas.inbound(parameters, material, selector);
        boolean replaced = false;
        try {
            replaced = sad.replace(present, successor);
        } finally {
            if (!replaced) {
                sas.destroy(successor);
            }
        }
        if (!replaced) {
            throw new IllegalStateException("SA " + present + " is not installed any more");
        }
        listenFor(parameters);
        retire(present);
        return successor;
    }

    /**
     * Removes an SA: packets no longer find it, workers finish the bursts that they have begun, then its keys are overwritten,
     * once.
     *
     * @param sa an SA of this dataplane; nothing happens if it was removed before
     * @throws IllegalStateException from within a journey (a hook, a sink or a listener), whose end it would wait for
     */
    public void remove(SecurityAssociation sa) {
        requireOutsideJourney();
        boolean installed = sa instanceof InboundSa inbound ? sad.remove(inbound) : outbound.remove(sa);
        if (installed) {
            retire(sa);
        }
    }

    /** {@return a worker for the calling thread, or for one thread that the caller names} */
    public Worker newWorker() {
        return newWorker(UnaryOperator.identity());
    }

    /**
     * {@return a worker for one thread, whose packets a device seals and opens, or some of them}
     *
     * @param engine what gives the device in front of the worker's own sessions, which it can leave packets to
     */
    public Worker newWorker(UnaryOperator<CryptoEngine> engine) {
        return workers.add(new Worker(this, new Randomness(settings.randoms.get()), engine));
    }

    /** {@return the inbound SAs} */
    public SecurityAssociationDatabase<InboundSa> sad() {
        return sad;
    }

    private void listenFor(SaParameters parameters) {
        if (parameters.udpEncapsulation() != null) {
            udpPorts.add(parameters.udpEncapsulation().destinationPort());
        }
    }

    private void stopListeningFor(SecurityAssociation sa) {
        if (sa instanceof InboundSa && sa.parameters().udpEncapsulation() != null) {
            udpPorts.remove(sa.parameters().udpEncapsulation().destinationPort());
        }
    }

    private void retire(SecurityAssociation sa) {
        stopListeningFor(sa);
        sa.crypto().retire();
        removals.incrementAndGet();
        workers.awaitEndOfBursts();
        sas.destroy(sa);
    }

    private void requireOutsideJourney() {
        if (workers.areCalling()) {
            throw new IllegalStateException("an SA is to be removed from within a journey, whose end would have to be"
                    + " waited for: expected a call from elsewhere, or after the journey");
        }
    }

    void forget(Worker worker) {
        workers.remove(worker);
    }

    long removals() {
        return removals.get();
    }

    UdpPorts udpPorts() {
        return udpPorts;
    }

    int sessionsPerWorker() {
        return settings.sessionsPerWorker;
    }

    long clockNanos() {
        return settings.clock.getAsLong();
    }

    SaListener listener() {
        return settings.listener;
    }

    DropHook dropHook() {
        return settings.dropHook;
    }

    Auditor newAuditor() {
        return new Auditor(settings.auditSink, settings.wallClock, settings.auditEventsPerSecond, clockNanos());
    }

    /** Removes every SA, inbound and outbound. Workers are closed by their owners, before. */
    @Override
    public void close() {
        sad.entries().forEach(this::remove);
        outbound.forEach(this::remove);
    }

    /** Collects the settings of a dataplane. Threads: single owner thread. */
    public static final class Builder implements Cloneable {
        private Function<Transform, CryptoProvider> providers;
        private Supplier<RandomGenerator> randoms = () -> Keystream.of(new SecureRandom());
        private LongSupplier clock = System::nanoTime;
        private Clock wallClock = Clock.systemUTC();
        private AuditSink auditSink = AuditSink.NONE;
        private int auditEventsPerSecond = 100;
        private DropHook dropHook = DropHook.NONE;
        private SaListener listener = SaListener.NONE;
        private int sessionsPerWorker = 4096;
        private int rememberedKeys = 65_536;

        private Builder() {}

        /**
         * Fixes the crypto provider of all SAs; by default each transform takes the first of {@link CryptoProviders} that
         * is available and passes its known answers.
         *
         * @param provider the provider
         * @return this
         */
        public Builder provider(CryptoProvider provider) {
            Objects.requireNonNull(provider, "provider");
            providers = transform -> provider;
            return this;
        }

        /**
         * Takes the first of other providers that is available and passes its known answers.
         *
         * @param choice the providers
         * @return this
         */
        public Builder providers(CryptoProviders choice) {
            providers = choice::select;
            return this;
        }

        /**
         * Where unpredictable IVs and the lengths of traffic flow padding come from; without this, for each worker, from the
         * keystream of AES-256 under a key from {@link SecureRandom}, or from that itself if the JDK's own AES is missing.
         *
         * @param generator a cryptographic generator, except in tests; thread-safe if there are several workers
         * @return this
         */
        public Builder random(RandomGenerator generator) {
            Objects.requireNonNull(generator, "generator");
            randoms = () -> generator;
            return this;
        }

        /**
         * The clock of lifetimes and rate limits.
         *
         * @param nanos nanoseconds from an arbitrary origin, never falling
         * @return this
         */
        public Builder clock(LongSupplier nanos) {
            clock = Objects.requireNonNull(nanos, "nanos");
            return this;
        }

        /**
         * The clock of audit events.
         *
         * @param time the time of day
         * @return this
         */
        public Builder wallClock(Clock time) {
            wallClock = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Switches auditing on (RFC 4303 §4).
         *
         * @param sink takes the events
         * @param eventsPerSecond at most so many from each worker, so that nobody can fill a log
         * @return this
         */
        public Builder audit(AuditSink sink, int eventsPerSecond) {
            auditSink = Objects.requireNonNull(sink, "sink");
            auditEventsPerSecond = eventsPerSecond;
            return this;
        }

        /**
         * Shows packets that are dropped.
         *
         * @param hook sees them
         * @return this
         */
        public Builder dropHook(DropHook hook) {
            dropHook = Objects.requireNonNull(hook, "hook");
            return this;
        }

        /**
         * Tells of soft lifetimes.
         *
         * @param saListener hears of them
         * @return this
         */
        public Builder listener(SaListener saListener) {
            listener = Objects.requireNonNull(saListener, "saListener");
            return this;
        }

        /**
         * How many crypto sessions a worker keeps; beyond that the least recently used one goes.
         *
         * @param sessions at least 1
         * @return this
         */
        public Builder sessionsPerWorker(int sessions) {
            if (sessions < 1) {
                throw new IllegalArgumentException("sessions per worker " + sessions + ": expected 1 or more");
            }
            sessionsPerWorker = sessions;
            return this;
        }

        /**
         * Of how many keys that have sent in a counter mode and were removed the dataplane remembers the last number, so that they
         * repeat no nonce; the one that was removed first is forgotten first. By default 65,536.
         *
         * @param keys 0 or more; 0 is for those who keep the numbers of their keys themselves
         * @return this
         */
        public Builder rememberedKeys(int keys) {
            if (keys < 0) {
                throw new IllegalArgumentException("remembered keys " + keys + ": expected 0 or more");
            }
            rememberedKeys = keys;
            return this;
        }

        /** {@return the dataplane, which later changes of this builder do not reach} */
        public Dataplane build() {
            if (providers == null) {
                providers = CryptoProviders.load()::select;
            }
            try {
                return new Dataplane((Builder) clone());
            } catch (CloneNotSupportedException e) {
                throw new AssertionError("a Builder is Cloneable", e);
            }
        }
    }
}
