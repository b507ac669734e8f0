package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The replay tables of WireGuard-go, boringtun, pion, DPDK, ODP, VPP and Snabb, with the verdicts that they publish; the
 * source of each is in the file. With ESN a table has the sender's true numbers, of which the window sees the low halves: a
 * number inferred otherwise is an ICV failure. Tables that count 0 as a number, or end before 2^64, describe other
 * protocols; their variants that count from 1 are among the rest.
 */
final class ReplayTablesVectorTest {
    private static final List<String> NOT_APPLICABLE = List.of(
            "wireguard/replay/W8129",
            "wireguard/replay/W64",
            "wireguard/replay/W128",
            "wireguard/replay/W1024",
            "pion/Continuous",
            "pion/ValidLargeJump",
            "pion/InvalidLargeJump",
            "pion/DuplicateAfterValidJump",
            "pion/DuplicateAfterInvalidJump",
            "pion/ContinuousOffset",
            "pion/Reordered",
            "pion/Old",
            "pion/ContinuousReplayed",
            "pion/ReplayedLater",
            "pion/ReplayedQuick",
            "pion/Strict",
            "pion/Overflow");

    private record Table(String id, JsonNode json) {
        boolean describesEsp() {
            return !json.hasNonNull("max_seq") && !json.path("zero_is_valid").asBoolean();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private static List<Table> tables() throws IOException {
        try (InputStream in = ReplayTablesVectorTest.class.getResourceAsStream("replay_tables_public.json")) {
            JsonNode tables = new ObjectMapper().readTree(in).path("tables");
            return StreamSupport.stream(tables.spliterator(), false)
                    .map(json -> new Table(json.path("id").asText(), json))
                    .toList();
        }
    }

    static Stream<Table> applicable() throws IOException {
        return tables().stream().filter(Table::describesEsp);
    }

    @Test
    void shouldLeaveOutOnlyOtherProtocols() throws IOException {
        List<String> leftOut = new ArrayList<>();
        for (Table table : tables()) {
            if (!table.describesEsp()) {
                leftOut.add(table.id());
            }
        }
        assertEquals(NOT_APPLICABLE, leftOut);
        assertEquals(95 - NOT_APPLICABLE.size(), applicable().count());
    }

    @ParameterizedTest(name = "R20 R21 R23 R27 single owner: {0}")
    @DisplayName("R20 R21 R23 R27 published replay tables, single-owner window")
    @MethodSource("applicable")
    void shouldAgreeWithPublishedVerdictsSingleOwner(Table table) {
        JsonNode json = table.json();
        run(table, ReplayWindow.singleOwner(windowPackets(json), extended(json), number(json, "initial_top")));
    }

    @ParameterizedTest(name = "R20 R21 R23 R27 lock-free: {0}")
    @DisplayName("R20 R21 R23 R27 published replay tables, lock-free window")
    @MethodSource("applicable")
    void shouldAgreeWithPublishedVerdictsLockFree(Table table) {
        JsonNode json = table.json();
        run(table, ReplayWindow.lockFree(windowPackets(json), extended(json), number(json, "initial_top")));
    }

    private static void run(Table table, ReplayWindow window) {
        int row = 0;
        for (JsonNode step : table.json().path("steps")) {
            long stride = step.path("stride").asLong(1);
            int count = step.path("count").asInt(1);
            for (int packet = 0; packet < count; packet++) {
                long sent = number(step, "seq") + packet * stride;
                String verdict = receive(window, sent, step.path("auth_ok").asBoolean(true));
                String where = table.id() + ", step " + row + ", packet " + packet + ": " + step;
                assertEquals(step.path("expect").asText(), verdict.isEmpty() ? "accept" : "reject", where);
                if (step.has("reason")) {
                    assertEquals(step.path("reason").asText(), verdict, where);
                }
            }
            row++;
        }
    }

    /** The way of a packet, as RFC 4303 §3.4.3 has it. Returns why it was rejected, or "". */
    private static String receive(ReplayWindow window, long sent, boolean authOk) {
        long inferred = window.infer((int) sent);
        ReplayVerdict preliminary = window.check(inferred);
        if (preliminary != ReplayVerdict.ACCEPTED) {
            return reason(preliminary);
        }
        boolean icvVerifies = authOk && inferred == sent;
        return icvVerifies ? reason(window.commit(inferred)) : "auth_fail";
    }

    private static String reason(ReplayVerdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> "";
            case REPLAYED -> "replay";
            case TOO_OLD -> "old";
        };
    }

    private static int windowPackets(JsonNode table) {
        return table.path("window_size").asInt();
    }

    private static boolean extended(JsonNode table) {
        return !"seq32".equals(table.path("kind").asText());
    }

    private static long number(JsonNode json, String field) {
        return Long.parseUnsignedLong(json.path(field).asText(), 16);
    }
}
