package io.esp4j.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import java.util.SplittableRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZI_Result;

/** An SA that is removed or replaced while a burst of it is under way. */
final class SaCloseTests {
    private static final Transform NULL = Transform.named("null-sha256");
    private static final SaParameters PARAMETERS = SaParameters.tunnel(
                    0x1000, NULL, IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))
            .severalWorkers(true)
            .build();
    private static final int PACKET_AT = 64;

    private SaCloseTests() {}

    private static KeyingMaterial key(int first) {
        byte[] octets = new byte[NULL.integrityKeyOctets()];
        octets[0] = (byte) first;
        return KeyingMaterial.of(new byte[0], octets);
    }

    private static Dataplane dataplane(KeyWatch watch) {
        return Dataplane.builder()
                .provider(watch)
                .random(new SplittableRandom(1))
                .build();
    }

    private static Burst burst(int protocol, int[] payload) {
        Memory memory = Memory.of(new byte[256]);
        int octets = Ipv4Header.OCTETS + 4 * payload.length;
        memory.int32(PACKET_AT, 0x4500_0000 | octets);
        memory.int32(PACKET_AT + 8, 0x4000_0000 | protocol << 16);
        memory.int32(PACKET_AT + 12, 0x0a00_0001);
        memory.int32(PACKET_AT + 16, 0x0a00_0002);
        Ipv4Header.writeChecksum(memory, PACKET_AT);
        for (int i = 0; i < payload.length; i++) {
            memory.int32(PACKET_AT + Ipv4Header.OCTETS + 4 * i, payload[i]);
        }
        Burst burst = new Burst(1);
        burst.reset(memory);
        burst.add(PACKET_AT, octets);
        return burst;
    }

    /** ESP as the null transform of {@link KeyWatch} leaves it: number 1, an IPv4 header inside, trailer, ICV. */
    private static Burst received() {
        return burst(
                50,
                new int[] {0x1000, 1, 0x4500_0014, 0, 0x4011_0000, 0x0a00_0001, 0x0a00_0002, 0x0102_0204, 0, 0, 0, 0});
    }

    /** Sending beside a removal: all of the burst, or nothing of it, and never with a key that is overwritten. */
    @JCStressTest
    @Outcome(id = "ENCAPSULATED, false, 1", expect = ACCEPTABLE, desc = "completed, then the key was overwritten")
    @Outcome(id = "NOT_SEALED, false, 0", expect = ACCEPTABLE, desc = "reported; the key was never expanded")
    @Outcome(expect = FORBIDDEN, desc = "an overwritten key was used, or one was not overwritten once")
    @State
    public static class Outbound {
        private final KeyWatch watch = new KeyWatch();
        private final Dataplane dataplane = dataplane(watch);
        private final OutboundSa sa = dataplane.addOutbound(PARAMETERS, key(1));
        private final Worker worker = dataplane.newWorker();
        private final Burst burst = burst(17, new int[4]);

        /** A burst. */
        @Actor
        public void send() {
            worker.encapsulate(burst, sa);
        }

        /** The removal. */
        @Actor
        public void remove() {
            dataplane.remove(sa);
        }

        /** Afterwards. */
        @Arbiter
        public void after(LZI_Result r) {
            r.r1 = burst.outbound(0);
            r.r2 = watch.usedAfterClose();
            r.r3 = watch.closed();
        }
    }

    /** Receiving beside a replacement: the packet finds the one SA or the other, and opens with a whole key or not at all. */
    @JCStressTest
    @Outcome(
            id = "ACCEPTED, false, 0",
            expect = ACCEPTABLE,
            desc = "opened with the new key, the old one was not in use")
    @Outcome(
            id = "ACCEPTED, false, 1",
            expect = ACCEPTABLE,
            desc = "opened with the old key, which was overwritten then")
    @Outcome(id = "NOT_OPENED, false, 0", expect = ACCEPTABLE, desc = "found the old SA, too late for its key")
    @Outcome(expect = FORBIDDEN, desc = "an overwritten key was used, or the SPI was unknown for a moment")
    @State
    public static class Replacement {
        private final KeyWatch watch = new KeyWatch();
        private final Dataplane dataplane = dataplane(watch);
        private final InboundSa sa = dataplane.addInbound(PARAMETERS, key(1));
        private final Worker worker = dataplane.newWorker();
        private final Burst burst = received();

        /** A packet. */
        @Actor
        public void receive() {
            worker.decapsulate(burst);
        }

        /** The replacement. */
        @Actor
        public void replace() {
            dataplane.replace(sa, PARAMETERS, key(2), null);
        }

        /** Afterwards. */
        @Arbiter
        public void after(LZI_Result r) {
            r.r1 = burst.inbound(0);
            r.r2 = watch.usedAfterClose();
            r.r3 = watch.closed();
        }
    }

    /** Two remove at the same time: one key, overwritten once. */
    @JCStressTest
    @Outcome(id = "ENCAPSULATED, false, 1", expect = ACCEPTABLE, desc = "overwritten once")
    @Outcome(expect = FORBIDDEN, desc = "overwritten twice, or not at all")
    @State
    public static class TwoRemovers {
        private final KeyWatch watch = new KeyWatch();
        private final Dataplane dataplane = dataplane(watch);
        private final OutboundSa sa = dataplane.addOutbound(PARAMETERS, key(1));
        private final Burst burst = burst(17, new int[4]);

        /** An SA whose key is expanded. */
        public TwoRemovers() {
            try (Worker worker = dataplane.newWorker()) {
                worker.encapsulate(burst, sa);
            }
        }

        /** One. */
        @Actor
        public void first() {
            dataplane.remove(sa);
        }

        /** The other. */
        @Actor
        public void second() {
            dataplane.remove(sa);
        }

        /** Afterwards. */
        @Arbiter
        public void after(LZI_Result r) {
            r.r1 = burst.outbound(0);
            r.r2 = watch.usedAfterClose();
            r.r3 = watch.closed();
        }
    }
}
