package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Ipv4Packet;
import io.esp4j.wire.Packets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UdpPortsTest {
    private static final int PORT = 5000;

    private final Dataplane dataplane =
            Dataplane.builder().provider(Gateways.JDK).build();
    private final Worker worker = dataplane.newWorker();

    private InboundSa add(int spi, int port) {
        SaParameters parameters = SaParameters.tunnel(spi, Sas.GCM, Sas.outerSource(false), Sas.outerDestination(false))
                .udpEncapsulation(new UdpEncapsulation(PORT, port))
                .build();
        return dataplane.addInbound(parameters, Keys.of(Sas.GCM, spi).material());
    }

    private InboundOutcome outcome(int port) {
        byte[] udp = Packets.join(Packets.int32(PORT << 16 | port), Packets.int32(56 << 16), new byte[48]);
        udp[8] = 1; // an SPI that nobody has
        return Volley.receive(worker, Ipv4Packet.v4().protocol(17).payload(udp).build())
                .get(0);
    }

    @Test
    @DisplayName("R40 ESP is looked for behind a UDP port as long as an SA has it, and behind 4500 always")
    void shouldGiveThePortOfTheLastSaBack() {
        assertEquals(InboundOutcome.NOT_ESP, outcome(PORT));
        InboundSa first = add(0x1000, PORT);
        InboundSa second = add(0x1001, PORT);
        InboundSa usual = add(0x1002, 4500);
        dataplane.remove(first);
        dataplane.remove(first);
        assertEquals(InboundOutcome.UNKNOWN_SPI, outcome(PORT));
        dataplane.remove(second);
        dataplane.remove(usual);
        assertEquals(InboundOutcome.NOT_ESP, outcome(PORT));
        assertEquals(InboundOutcome.UNKNOWN_SPI, outcome(4500));
        worker.close();
        dataplane.close();
    }
}
