package io.esp4j.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    @DisplayName(
            "R26 inbound, RFC 4303 and RFC 4301 §5.2 call these auditable: no SA, fragment, replay, ICV, selectors")
    void shouldCallInboundEventsOfTheRfcAuditable() {
        EnumSet<InboundOutcome> auditable = EnumSet.noneOf(InboundOutcome.class);
        for (InboundOutcome outcome : InboundOutcome.values()) {
            if (outcome.auditable()) {
                auditable.add(outcome);
            }
        }
        assertEquals(
                EnumSet.of(
                        InboundOutcome.FRAGMENT,
                        InboundOutcome.UNKNOWN_SPI,
                        InboundOutcome.REPLAYED,
                        InboundOutcome.TOO_OLD,
                        InboundOutcome.ICV_MISMATCH,
                        InboundOutcome.MALFORMED_PLAINTEXT,
                        InboundOutcome.SELECTOR_MISMATCH),
                auditable);
    }

    @Test
    @DisplayName("R26 outbound, RFC 4303 calls the overflow of the counter auditable, and a fragment in transport mode")
    void shouldCallOutboundEventsOfTheRfcAuditable() {
        assertEquals(
                EnumSet.of(OutboundOutcome.FRAGMENT, OutboundOutcome.SEQUENCE_EXHAUSTED),
                EnumSet.copyOf(Arrays.stream(OutboundOutcome.values())
                        .filter(OutboundOutcome::auditable)
                        .toList()));
    }

    @Test
    void shouldBeginWithPendingSinceZeroIsUndecided() {
        assertEquals(0, InboundOutcome.PENDING.ordinal());
        assertEquals(0, OutboundOutcome.PENDING.ordinal());
    }

    @Test
    void shouldCiteAnRfcOrSayThatThereIsNone() {
        Stream.concat(
                        Arrays.stream(InboundOutcome.values()).map(InboundOutcome::source),
                        Arrays.stream(OutboundOutcome.values()).map(OutboundOutcome::source))
                .forEach(source -> assertTrue(source.equals("-") || source.matches("RFC \\d+ §[\\d.]+"), source));
    }
}
