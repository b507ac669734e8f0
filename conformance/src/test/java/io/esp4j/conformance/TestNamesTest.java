package io.esp4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestNamesTest {
    @Test
    void shouldShowASeriesAsWhatItHasInCommon() {
        assertEquals(
                List.of("another test", "every published packet opens …"),
                TestNames.shorten(List.of(
                        "every published packet opens case 1",
                        "every published packet opens case 12",
                        "another test",
                        "every published packet opens dpdk",
                        "every published packet opens snabb")));
    }

    @Test
    void shouldKeepNamesThatHaveLittleInCommonOrAreFew() {
        List<String> few = List.of("every published packet opens 1", "every published packet opens 2");
        assertEquals(few, TestNames.shorten(few));
        List<String> unlike = List.of("the a", "the b", "the c", "the d");
        assertEquals(unlike, TestNames.shorten(unlike));
    }

    @Test
    void shouldCutBetweenWords() {
        assertEquals(
                List.of("a long name for one thing and …"),
                TestNames.shorten(List.of(
                        "a long name for one thing and another",
                        "a long name for one thing and anything",
                        "a long name for one thing and all",
                        "a long name for one thing and ants")));
    }
}
