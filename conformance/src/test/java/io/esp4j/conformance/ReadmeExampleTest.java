package io.esp4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {
    @Test
    void shouldTakeWhatStandsBetweenTheFences() {
        assertEquals(
                List.of("a();", "b();"),
                ReadmeExample.extract(List.of("text", "```java", "a();", "b();", "```", "text")));
    }

    @Test
    void shouldRefuseNoneTwoAndTooLong() {
        assertThrows(IllegalArgumentException.class, () -> ReadmeExample.extract(List.of("text")));
        assertThrows(
                IllegalArgumentException.class,
                () -> ReadmeExample.extract(List.of("```java", "a();", "```", "```java", "b();", "```")));
        List<String> tooLong = new ArrayList<>(Collections.nCopies(21, "a();"));
        tooLong.add(0, "```java");
        assertThrows(IllegalArgumentException.class, () -> ReadmeExample.extract(tooLong));
    }
}
