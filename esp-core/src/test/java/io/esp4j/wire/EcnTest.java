package io.esp4j.wire;

import static io.esp4j.wire.Ecn.CE;
import static io.esp4j.wire.Ecn.DROP;
import static io.esp4j.wire.Ecn.ECT_0;
import static io.esp4j.wire.Ecn.ECT_1;
import static io.esp4j.wire.Ecn.NOT_ECT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EcnTest {
    /** RFC 6040 Figure 4: rows are the arriving inner header, columns the arriving outer header, as printed. */
    static final int[][] DECAPSULATION = {
        // outer: NOT_ECT, ECT_0, ECT_1, CE
        {NOT_ECT, NOT_ECT, NOT_ECT, DROP}, // inner NOT_ECT
        {ECT_0, ECT_0, ECT_1, CE}, // inner ECT_0
        {ECT_1, ECT_1, ECT_1, CE}, // inner ECT_1
        {CE, CE, CE, CE}, // inner CE
    };

    /** The order of the figure's rows and columns. */
    static final int[] FIGURE_ORDER = {NOT_ECT, ECT_0, ECT_1, CE};

    @Test
    @DisplayName("R45 the codepoints are those of RFC 3168 §5")
    void shouldHaveCodepointsOfRfc3168() {
        assertEquals(0b00, NOT_ECT);
        assertEquals(0b10, ECT_0);
        assertEquals(0b01, ECT_1);
        assertEquals(0b11, CE);
    }

    @Test
    @DisplayName("R45 decapsulation follows all 16 fields of RFC 6040 Figure 4")
    void shouldDecapsulateAsFigure4() {
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                int inner = FIGURE_ORDER[row];
                int outer = FIGURE_ORDER[column];
                assertEquals(
                        DECAPSULATION[row][column],
                        Ecn.decapsulate(inner, outer),
                        "inner " + inner + ", outer " + outer);
            }
        }
    }
}
