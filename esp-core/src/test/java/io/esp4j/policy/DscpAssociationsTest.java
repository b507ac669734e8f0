package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DscpAssociationsTest {
    private static final Selector SELECTOR =
            Selector.builder().source("10.0.0.0/8").protocol("udp").build();

    private static Flow flow(int dscp) {
        return TestPacket.of("10.0.0.1", "10.0.0.2").dscp(dscp).udp(1, 2).flow();
    }

    @Test
    @DisplayName("R50 the sender chooses by DSCP among SAs whose selectors are equal")
    void shouldChooseByDscpAmongEqualSelectors() {
        record Sa(String name, Selector selector) {}
        Sa voice = new Sa("voice", SELECTOR);
        Sa video = new Sa("video", SELECTOR);
        Sa rest = new Sa("rest", SELECTOR);
        SecurityPolicyDatabase<DscpAssociations<Sa>> database = new SecurityPolicyDatabase<>();
        DscpAssociations<Sa> associations =
                DscpAssociations.of(rest).with(voice, 46).with(video, 34, 36, 38);
        database.update(none -> List.of(Policy.protect("all", associations, SELECTOR)));
        PolicyLookup<DscpAssociations<Sa>> lookup = new PolicyLookup<>(database, Direction.OUTBOUND, 4);

        for (int dscp = 0; dscp < 64; dscp++) {
            Sa expected = dscp == 46 ? voice : dscp == 34 || dscp == 36 || dscp == 38 ? video : rest;
            assertEquals(expected, lookup.find(flow(dscp), 0).protection().select(flow(dscp)), "DSCP " + dscp);
        }
    }

    @Test
    @DisplayName("R50 the receiver takes any DSCP on any of the SAs")
    void shouldNotCheckTheDscpInbound() {
        SelectorCheck<String> check = new SelectorCheck<>();
        for (int dscp = 0; dscp < 64; dscp++) {
            assertTrue(check.accepts(flow(dscp), SELECTOR, false, "voice", 0));
        }
    }

    @Test
    @DisplayName("R50 without an SA for the rest, other DSCPs have none")
    void shouldLeaveOthersWithoutSa() {
        DscpAssociations<String> associations =
                DscpAssociations.<String>of(null).with("voice", 46);
        assertEquals("voice", associations.select(flow(46)));
        assertNull(associations.select(flow(0)));
        assertThrows(IllegalArgumentException.class, () -> associations.with("x", 64));
        assertThrows(IllegalArgumentException.class, () -> associations.with("x", -1));
    }
}
