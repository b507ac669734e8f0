package io.esp4j.offload.scenario;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A pair of SAs, one that sends and one that receives, whose key comes from its name and the run's seed.
 *
 * @param name its name
 * @param spi its SPI, above 255
 * @param from the host that sends: a machine, or a machine, a dot and a guest
 * @param to the host that receives
 * @param mode tunnel or transport
 * @param transform the algorithms
 * @param esn whether numbers are 64 bits long
 * @param replayWindow packets
 * @param sequence the last number sent, and the highest received
 * @param transmit what the sender's device is asked to do
 * @param receive what the receiver's device is asked to do
 * @param mtu octets of a packet on the wire
 * @param installed whether it is installed before the first step
 */
public record AssociationSpec(
        String name,
        int spi,
        String from,
        String to,
        Mode mode,
        Transform transform,
        boolean esn,
        int replayWindow,
        long sequence,
        OffloadMode transmit,
        OffloadMode receive,
        int mtu,
        boolean installed) {

    /**
     * {@return its key; synthetic, the same for the same seed}
     *
     * @param seed the run's seed
     */
    public KeyingMaterial key(long seed) {
        long mixed = seed;
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            mixed = mixed * 31 + octet;
        }
        Random random = new Random(mixed);
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        byte[] integrityKey = new byte[transform.integrityKeyOctets()];
        random.nextBytes(key);
        random.nextBytes(integrityKey);
        return KeyingMaterial.of(key, integrityKey);
    }

    /**
     * {@return what its SAs are made of}
     *
     * @param source the address of the host that sends
     * @param destination the address of the host that receives
     * @throws IllegalArgumentException if no SA is made of that; the message says why
     */
    public SaParameters parameters(IpAddress source, IpAddress destination) {
        return (mode == Mode.TUNNEL
                        ? SaParameters.tunnel(spi, transform, source, destination)
                        : SaParameters.transport(spi, transform, source, destination))
                .esn(esn)
                .replayWindow(replayWindow)
                .sequence(sequence)
                .build();
    }
}
