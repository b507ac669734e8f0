package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.Protection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JourneyTest {
    @ParameterizedTest(name = "transmit {0}, receive {1}")
    @CsvSource({
        "NONE, NONE, SOFTWARE", "NONE, CRYPTO, CRYPTO_OFFLOAD", "NONE, PACKET, PACKET_OFFLOAD",
        "CRYPTO, NONE, SOFTWARE", "CRYPTO, CRYPTO, CRYPTO_OFFLOAD", "CRYPTO, PACKET, PACKET_OFFLOAD",
        "PACKET, NONE, SOFTWARE", "PACKET, CRYPTO, CRYPTO_OFFLOAD", "PACKET, PACKET, PACKET_OFFLOAD"
    })
    void shouldCarryPacketsAndSuperPackets(OffloadMode out, OffloadMode in, Protection protection) {
        Lab lab = Lab.plain();
        HostSa transmit = lab.transmit(out);
        lab.receive(in);
        lab.send(transmit, Lab.inner(1));
        lab.send(transmit, Lab.large(3, 2), Lab.CUT);
        assertEquals(4, lab.received.size());
        assertArrayEquals(Lab.inner(1), lab.received.get(0).packet());
        assertEquals(protection, lab.received.get(0).protection());
        assertEquals(140, lab.received.get(3).packet().length);
        assertEquals(4, lab.wire.esp().size());
        assertEquals(0, lab.wire.repeatedNonces());
        assertFalse(lab.wire.shows(Packets.payload(1, 100)));
        lab.assertBookIsClosed();
    }
}
