package io.esp4j.offload.control;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.sa.DontFragment;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of Add SA. Stateless.
 *
 * <pre>
 *   direction 1, offload mode 1, IPsec mode 1, flags 1 (1 ESN, 2 all received, 4 IPv6), SPI 4, window 4, MTU 4
 *   where the numbers stand 8
 *   DSCP 1, hop limit 1, Don't Fragment 1, 0, flow label 4
 *   source 16, destination 16, local address 8, VLANs 8
 *   name of the transform: length 1, octets; key and salt: length 1, octets; integrity key: length 1, octets
 * </pre>
 */
public final class SaCodec {
    private static final int MAX_OCTETS = 512;
    private static final int ESN = 1;
    private static final int ALL_RECEIVED = 2;
    private static final int V6 = 4;

    private SaCodec() {}

    /**
     * {@return the body of a command}
     *
     * @param sa what is to be added, with a domain
     */
    public static byte[] write(OffloadSa sa) {
        SaParameters parameters = sa.parameters();
        ByteBuffer body = ByteBuffer.allocate(MAX_OCTETS);
        int flags = (parameters.esn() ? ESN : 0)
                | (parameters.allReceived() ? ALL_RECEIVED : 0)
                | (parameters.destination().v6() ? V6 : 0);
        body.put((byte) sa.direction().ordinal()).put((byte) sa.mode().ordinal());
        body.put((byte) parameters.mode().ordinal()).put((byte) flags);
        body.putInt(parameters.spi()).putInt(parameters.replayWindow()).putInt(sa.mtu());
        body.putLong(parameters.sequence());
        body.put((byte) parameters.dscp()).put((byte) parameters.hopLimit());
        body.put((byte) parameters.dontFragment().ordinal()).put((byte) 0).putInt(parameters.flowLabel());
        put(body, parameters.source());
        put(body, parameters.destination());
        body.putLong(sa.domain().local().bits()).putLong(sa.domain().vlans());
        Transform transform = parameters.transform();
        put(body, transform.name().getBytes(StandardCharsets.US_ASCII));
        byte[] key = sa.material().encryptionKey(transform);
        byte[] salt = sa.material().salt(transform);
        byte[] keyAndSalt = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, keyAndSalt, key.length, salt.length);
        put(body, keyAndSalt);
        put(body, sa.material().integrityKey());
        Arrays.fill(key, (byte) 0);
        Arrays.fill(keyAndSalt, (byte) 0);
        return Arrays.copyOf(body.array(), body.position());
    }

    /**
     * {@return the SA of a command's body}
     *
     * @param octets the body
     * @throws IllegalArgumentException if it makes no sense
     */
    public static OffloadSa read(byte[] octets) {
        try {
            ByteBuffer body = ByteBuffer.wrap(octets);
            SaDirection direction = SaDirection.values()[body.get()];
            OffloadMode mode = OffloadMode.values()[body.get()];
            Mode ipsecMode = Mode.values()[body.get()];
            int flags = body.get();
            int spi = body.getInt();
            int window = body.getInt();
            int mtu = body.getInt();
            long sequence = body.getLong();
            int dscp = body.get();
            int hopLimit = body.get() & 0xff;
            DontFragment dontFragment = DontFragment.values()[body.getShort() >>> 8];
            int flowLabel = body.getInt();
            boolean v6 = (flags & V6) != 0;
            IpAddress source = new IpAddress(v6, body.getLong(), body.getLong());
            IpAddress destination = new IpAddress(v6, body.getLong(), body.getLong());
            SadDomain domain = new SadDomain(new MacAddress(body.getLong()), body.getLong());
            Transform transform = Transform.named(new String(take(body), StandardCharsets.US_ASCII));
            KeyingMaterial material = KeyingMaterial.of(take(body), take(body));
            SaBuilder builder = ipsecMode == Mode.TRANSPORT
                    ? SaParameters.transport(spi, transform, source, destination)
                    : SaParameters.tunnel(spi, transform, source, destination);
            builder.esn((flags & ESN) != 0)
                    .replayWindow(window)
                    .sequence(sequence)
                    .allReceived((flags & ALL_RECEIVED) != 0)
                    .dscp(dscp)
                    .hopLimit(hopLimit)
                    .dontFragment(dontFragment)
                    .flowLabel(flowLabel)
                    .match(SadMatch.SPI_DESTINATION);
            OffloadSa sa = new OffloadSa(builder.build(), material, direction, mode, domain, mtu);
            material.destroy();
            return sa;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("an Add SA of " + octets.length + " octets: expected a whole one", e);
        }
    }

    /**
     * {@return a builder with all that a device is told of an SA, to be built anew: with other numbers, say, or in a domain}
     *
     * @param parameters what the SA is made of, in tunnel or transport mode
     */
    public static SaBuilder rebuild(SaParameters parameters) {
        SaBuilder builder = parameters.mode() == Mode.TRANSPORT
                ? SaParameters.transport(
                        parameters.spi(), parameters.transform(), parameters.source(), parameters.destination())
                : SaParameters.tunnel(
                        parameters.spi(), parameters.transform(), parameters.source(), parameters.destination());
        return builder.esn(parameters.esn())
                .replayWindow(parameters.replayWindow())
                .sequence(parameters.sequence())
                .allReceived(parameters.allReceived())
                .dscp(parameters.dscp())
                .hopLimit(parameters.hopLimit())
                .dontFragment(parameters.dontFragment())
                .flowLabel(parameters.flowLabel())
                .sharedKey(parameters.sharedKey())
                .match(parameters.match())
                .domain(parameters.domain());
    }

    private static void put(ByteBuffer body, IpAddress address) {
        body.putLong(address.high()).putLong(address.low());
    }

    private static void put(ByteBuffer body, byte[] octets) {
        body.put((byte) octets.length).put(octets);
    }

    private static byte[] take(ByteBuffer body) {
        byte[] octets = new byte[body.get() & 0xff];
        body.get(octets);
        return octets;
    }
}
