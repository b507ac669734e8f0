package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.GraphLayout;

/** What an SA that has carried nothing yet takes, by counting every object that it keeps alive (JOL). */
class IdleSaFootprintTest {
    private static final int OCTETS_ALLOWED = 700;
    private static final int SAS = 4000;

    private final WatchedProvider provider = new WatchedProvider(Gateways.JDK);

    /** Peers differ, so nothing but the transform is shared. */
    private static SaBuilder parameters(Transform transform, int number) {
        return SaParameters.tunnel(
                        0x1000 + number,
                        transform,
                        IpAddress.parse("192.0." + (number >> 8 & 255) + "." + (number & 255)),
                        IpAddress.parse("198.51." + (number >> 8 & 255) + "." + (number & 255)))
                .replayWindow(64);
    }

    private static KeyingMaterial key(Transform transform, int number) {
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        Memory.of(key).int32(0, number);
        return KeyingMaterial.of(key, new byte[transform.integrityKeyOctets()]);
    }

    private interface Adding {
        void add(Dataplane dataplane, int number);
    }

    /** The growth from the first so many SAs to twice as many, so that what a dataplane needs by itself does not count. */
    private long octets(Adding adding) {
        Dataplane dataplane = Dataplane.builder().provider(provider).build();
        int number = 0;
        while (number < SAS) {
            adding.add(dataplane, number++);
        }
        long before = GraphLayout.parseInstance(dataplane).totalSize();
        while (number < 2 * SAS) {
            adding.add(dataplane, number++);
        }
        long octets = (GraphLayout.parseInstance(dataplane).totalSize() - before) / SAS;
        dataplane.close();
        return octets;
    }

    @ParameterizedTest(name = "{displayName} [{0}, ESN {1}, several workers {2}]")
    @DisplayName(
            "an idle SA takes no more than 700 octets in either direction, its key not expanded and nothing counted")
    @CsvSource({"aes128gcm16, false, false", "aes256gcm16, true, false", "aes256gcm16, true, true"})
    void shouldStaySmallWhileIdle(String name, boolean esn, boolean severalWorkers) {
        Transform transform = Transform.named(name);
        UnaryOperator<SaBuilder> choice = sa -> sa.esn(esn).severalWorkers(severalWorkers);
        long inbound = octets((dataplane, number) ->
                dataplane.addInbound(choice.apply(parameters(transform, number)).build(), key(transform, number)));
        long outbound = octets((dataplane, number) -> dataplane.addOutbound(
                choice.apply(parameters(transform, number)).build(), key(transform, number)));
        System.out.printf(
                "octets of an idle SA, %s, ESN %s, several workers %s: in %d, out %d%n",
                name, esn, severalWorkers, inbound, outbound);
        assertTrue(inbound <= OCTETS_ALLOWED, () -> inbound + " octets inbound");
        assertTrue(outbound <= OCTETS_ALLOWED, () -> outbound + " octets outbound");
        assertEquals(0, provider.keysExpanded.get());
    }
}
