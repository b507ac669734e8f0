package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.AuditEvent;
import io.esp4j.outcome.AuditSink;
import io.esp4j.wire.Ipv6Header;
import java.time.Clock;

/**
 * One worker's share of auditing (RFC 4303 §4): at most so many events a second, the rest is counted and told with the
 * next one. Threads: single owner thread.
 */
final class Auditor {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final AuditSink sink;
    private final Clock wallClock;
    private final int eventsPerSecond;
    private final AuditEvent event = new AuditEvent();
    private long secondBegan;
    private int eventsInSecond;
    private long suppressed;

    Auditor(AuditSink sink, Clock wallClock, int eventsPerSecond, long nowNanos) {
        this.sink = sink;
        this.wallClock = wallClock;
        this.eventsPerSecond = eventsPerSecond;
        secondBegan = nowNanos;
    }

    boolean isOn() {
        return sink != AuditSink.NONE;
    }

    void audit(Enum<?> outcome, Burst burst, int index, long nowNanos) {
        if (nowNanos - secondBegan >= NANOS_PER_SECOND) {
            secondBegan = nowNanos;
            eventsInSecond = 0;
        }
        if (eventsInSecond >= eventsPerSecond) {
            suppressed++;
            return;
        }
        eventsInSecond++;
        if (burst.sa(index) instanceof OutboundSa outbound) {
            // Refused before it got a number: the SA's SPI, and the last number that it has used (RFC 4303 §3.3.3).
            int spi = outbound.parameters().spi();
            event.begin(outcome, wallClock.millis(), spi, outbound.lastSequence(), suppressed);
        } else {
            event.begin(outcome, wallClock.millis(), burst.spi(index), burst.sequence(index), suppressed);
        }
        suppressed = 0;
        if (burst.framing == Framing.IP) {
            addresses(burst.memory, burst.offset(index), burst.length(index));
        }
        sink.audit(event);
    }

    private void addresses(Memory memory, int at, int octets) {
        boolean v6 = octets >= Ipv6Header.OCTETS && Encapsulator.isV6(memory, at);
        if (v6) {
            event.v6(
                    memory.int64(at + 8),
                    memory.int64(at + 16),
                    memory.int64(at + 24),
                    memory.int64(at + 32),
                    Ipv6Header.flowLabel(memory, at));
        } else if (octets >= 20) {
            event.v4(memory.int32(at + 12), memory.int32(at + 16));
        }
    }
}
