package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.SendOptions;
import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.wire.IpAddress;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** K10: leaks, each shown to leak when its switch is on and not to when it is off, as it is by default. */
class HazardTest {
    private static final byte[] SECRET = Packets.payload(1, 100);

    private static Network.Builder network(boolean hazard, Hazard which) {
        Network.Builder builder = Network.builder(1);
        return hazard ? builder.with(which) : builder;
    }

    @Test
    @DisplayName("K10 every hazard is off unless asked for, and says which statement shows it")
    void shouldBeOffByDefault() {
        Network plain = Network.builder(1).build();
        for (Hazard hazard : Hazard.values()) {
            assertFalse(plain.simulation().has(hazard), hazard.toString());
            assertTrue(hazard.statement().matches("(A|K|W)\\d+[a-d]?"), hazard.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("K10 a packet that loses its SA on the way to the driver leaves in clear; by default it can't lose it")
    void shouldLeakWhenAssociationIsLost(boolean hazard) {
        Lab lab = new Lab(network(hazard, Hazard.LOST_ASSOCIATION));
        HostSa out = lab.transmit(OffloadMode.PACKET);
        lab.send(out, Lab.inner(1));
        assertEquals(hazard, lab.wire.shows(SECRET));
        assertEquals(hazard ? 0 : 1, lab.wire.esp().size());
    }

    private static Wire thirdParty(boolean hazard, boolean mirror) {
        Network network = network(hazard, Hazard.FORWARD_DECRYPTED).build();
        Machine a = network.machine("a", IpAddress.parse(Lab.A));
        Machine b = network.machine("b", IpAddress.parse(Lab.B), SwitchMode.VEB, 2);
        network.connect(a, b);
        network.tap(b, 1);
        Wire tapped = Wire.of(b.link(1));
        HostSa out = a.host()
                .install(Lab.sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO, UnaryOperator.identity()), sa -> {});
        b.host().install(Lab.sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO, UnaryOperator.identity()), sa -> {});
        network.run();
        if (mirror) {
            b.mac(0).mirrorTo(b.link(1));
        } else {
            b.host().redirect(1, b.physical(1).address());
        }
        a.host().send(out, Lab.inner(1));
        network.run();
        byte[] clear = Packets.udp(Lab.A, Lab.B, 2, 100);
        a.host().send(clear);
        network.run();
        assertTrue(tapped.shows(Packets.payload(2, 100)), "what came in clear may go on in clear");
        assertEquals(0, network.frames().underWay());
        return tapped;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("K10 a decrypted packet that is redirected leaves in clear; by default it is dropped")
    void shouldLeakWhenRedirected(boolean hazard) {
        assertEquals(hazard, thirdParty(hazard, false).shows(SECRET));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("K10 a decrypted packet that is mirrored leaves in clear; by default it is not mirrored")
    void shouldLeakWhenMirrored(boolean hazard) {
        assertEquals(hazard, thirdParty(hazard, true).shows(SECRET));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "K10 what software has encrypted is encrypted again: under one nonce that takes the encryption off; by default it can't be")
    void shouldLeakWhenEncryptedTwice(boolean hazard) {
        Lab lab = new Lab(network(hazard, Hazard.ENCRYPT_TWICE));
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.receive(OffloadMode.NONE);
        lab.send(out, Lab.inner(1), SendOptions.PLAIN.inSoftware());
        assertEquals(1, lab.wire.esp().size());
        assertEquals(hazard, lab.wire.shows(SECRET), "the second pass of counter mode undoes the first");
        assertEquals(hazard ? 0 : 1, lab.received.size(), "the peer takes one layer off");
        assertEquals(hazard ? 1 : 0, lab.total(Counter.TX_ENCRYPTED));
    }
}
