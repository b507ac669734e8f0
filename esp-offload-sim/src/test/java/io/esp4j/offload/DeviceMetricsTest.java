package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.simulation.Distribution;
import io.esp4j.offload.simulation.Parameter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceMetricsTest {
    @ParameterizedTest
    @EnumSource(SaDirection.class)
    @DisplayName(
            "K14 for each direction: most SAs, installs per second, install latency p50 and p99, as the parameters make them")
    void shouldMeasureInstallation(SaDirection direction) {
        Network.Builder settings = Network.builder(1)
                .with(Parameter.SAD_CAPACITY, 100)
                .with(Parameter.DMA_BITS_PER_SECOND, 0)
                .with(Parameter.AGENT_COMMAND_NANOS, 3000);
        DeviceMetrics.Installation measured = DeviceMetrics.installation(settings, direction, 1);
        // Down: DMA 600. Agent: 3000. Up: switch 100, DMA 600.
        assertEquals(new DeviceMetrics.Installation(100, 1e9 / 4300, 4300, 4300), measured);
        DeviceMetrics.Installation several = DeviceMetrics.installation(settings, direction, 8);
        assertEquals(100, several.most());
        assertTrue(several.perSecond() > measured.perSecond() && several.perSecond() < 1e9 / 3000);
        assertTrue(several.p50Nanos() > 4300 && several.p99Nanos() >= several.p50Nanos());
    }

    @ParameterizedTest
    @EnumSource(SaDirection.class)
    @DisplayName(
            "K14 for each direction: crypto throughput by packet size, limited by packets when small and by octets when large")
    void shouldMeasureThroughput(SaDirection direction) {
        long rate = 8_000_000_000L; // an octet a nanosecond
        List<DeviceMetrics.Throughput> measured = DeviceMetrics.throughput(1, rate, direction, 64, 576, 1400, 8000);
        // What passes the crypto unit: Ethernet, outer IPv4, ESP header and IV; out with the tag, in with trailer and
        // ICV.
        for (DeviceMetrics.Throughput each : measured) {
            int padded = (each.packetOctets() + 2 + 3) / 4 * 4;
            int octets = direction == SaDirection.TRANSMIT
                    ? 14 + 16 + 20 + 16 + each.packetOctets()
                    : 14 + 20 + 16 + padded + 16;
            double perSecond = 1e9 / (60 + octets);
            assertEquals(perSecond, each.packetsPerSecond(), perSecond * 1e-6);
            assertEquals(perSecond * 8 * each.packetOctets(), each.bitsPerSecond(), 1e-5 * each.bitsPerSecond());
        }
        assertTrue(measured.get(0).bitsPerSecond() < measured.get(3).bitsPerSecond() / 2);
    }

    @Test
    @DisplayName("K14 a quantile is the smallest value that so many do not exceed")
    void shouldComputeQuantiles() {
        Distribution distribution = new Distribution();
        assertEquals(0, distribution.quantile(0.5));
        for (int value = 200; value >= 1; value--) {
            distribution.add(value);
        }
        assertEquals(100, distribution.quantile(0.5));
        assertEquals(198, distribution.quantile(0.99));
        assertEquals(200, distribution.quantile(1));
        assertEquals(1, distribution.quantile(0));
    }
}
