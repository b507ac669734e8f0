package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.outcome.OutboundOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataplaneBuilderTest {
    @Test
    void shouldKeepItsSettingsWhenBuilderGoesOn() {
        List<String> dropped = new ArrayList<>();
        Dataplane.Builder builder = Dataplane.builder().provider(Gateways.JDK);
        try (Dataplane dataplane = builder.build();
                Worker worker = dataplane.newWorker()) {
            builder.dropHook((burst, index) -> dropped.add("dropped"));
            Burst burst = Volley.burst(v4().build());
            worker.encapsulate(burst);
            assertEquals(OutboundOutcome.NO_POLICY, burst.outbound(0));
            assertEquals(List.of(), dropped);
        }
    }

    @Test
    void shouldRefuseMissingSettings() {
        Dataplane.Builder builder = Dataplane.builder();
        assertThrows(NullPointerException.class, () -> builder.provider(null));
        assertThrows(NullPointerException.class, () -> builder.random(null));
        assertThrows(NullPointerException.class, () -> builder.clock(null));
        assertThrows(NullPointerException.class, () -> builder.wallClock(null));
        assertThrows(NullPointerException.class, () -> builder.audit(null, 1));
        assertThrows(NullPointerException.class, () -> builder.dropHook(null));
        assertThrows(NullPointerException.class, () -> builder.listener(null));
        assertThrows(IllegalArgumentException.class, () -> builder.sessionsPerWorker(0));
    }
}
