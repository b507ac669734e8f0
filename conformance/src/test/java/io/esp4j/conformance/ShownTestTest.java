package io.esp4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownTestTest {
    @Test
    void shouldTakeIdsFromTheBeginningOfTheNameOnly() {
        assertEquals(
                List.of("R21", "R22"),
                test("R21 R22 the check changes nothing, see R5").ids());
        assertEquals(
                "the check changes nothing, see R5",
                test("R21 R22 the check changes nothing, see R5").name());
        assertEquals(List.of("A13"), test("A13: a host that miscounts").ids());
    }

    @Test
    void shouldIgnoreTestsWithoutIds() {
        for (String name : List.of("shouldNotAllocate", "see R5", "R5", "Rx y", "R5x y", "B5 y", "RFC 4303 is long")) {
            assertEquals(Optional.empty(), ShownTest.of("SomeTest", name, true), name);
        }
    }

    @Test
    void shouldDropWhatTellsInvocationsApart() {
        assertEquals(
                "SPIs are refused", test("R3 SPIs are refused[2] spi=1 R4 x").name());
        assertEquals(
                "a packet opens", test("R30 a packet opens repetition 2 of 3").name());
        assertEquals(
                "tables",
                test("R20 R21 tables R20 R21 single owner: wireguard/W64").name());
    }

    private static ShownTest test(String displayName) {
        return ShownTest.of("SomeTest", displayName, true).orElseThrow();
    }
}
