package io.esp4j.benchmarks.offload;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.policy.Direction;
import io.esp4j.policy.Policy;
import io.esp4j.policy.PolicyLookup;
import io.esp4j.policy.SecurityPolicyDatabase;
import io.esp4j.policy.Selector;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The two engines that protect a connection in transport mode, and the policies. Threads: single owner thread. */
final class Protection implements AutoCloseable {
    private static final int SPI = 0x1000;
    private static final int OTHER_POLICIES = 30;

    private final Dataplane sender;
    private final Dataplane receiver;
    final Worker out;
    final Worker in;
    final PolicyLookup<OutboundSa> policies;

    Protection(Variant variant) {
        sender = dataplane(variant);
        receiver = dataplane(variant);
        OutboundSa sa = null;
        if (!variant.isClear()) {
            Transform transform = variant.transform();
            byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
            byte[] integrityKey = new byte[transform.integrityKeyOctets()];
            new Random(1).nextBytes(key);
            new Random(2).nextBytes(integrityKey);
            KeyingMaterial material = KeyingMaterial.of(key, integrityKey);
            SaParameters parameters = SaParameters.transport(
                            SPI, transform, IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"))
                    .esn(true)
                    .replayWindow(128)
                    .build();
            sa = sender.addOutbound(parameters, material);
            receiver.addInbound(parameters, material);
        }
        policies = new PolicyLookup<>(database(sa), Direction.OUTBOUND, PolicyLookup.DEFAULT_FLOW_BITS);
        out = sender.newWorker();
        in = receiver.newWorker();
    }

    private static Dataplane dataplane(Variant variant) {
        return variant.isClear()
                ? Dataplane.create()
                : Dataplane.builder().provider(variant.provider()).build();
    }

    private static SecurityPolicyDatabase<OutboundSa> database(OutboundSa sa) {
        SecurityPolicyDatabase<OutboundSa> database = new SecurityPolicyDatabase<>();
        List<Policy<OutboundSa>> list = new ArrayList<>();
        for (int i = 0; i < OTHER_POLICIES; i++) {
            list.add(Policy.discard(
                    "other " + i,
                    Selector.builder().destination("10.9." + i + ".0/24").build()));
        }
        list.add(sa == null ? Policy.bypass("clear", Selector.ANY) : Policy.protect("all", sa, Selector.ANY));
        database.update(none -> list);
        return database;
    }

    @Override
    public void close() {
        out.close();
        in.close();
        sender.close();
        receiver.close();
    }
}
