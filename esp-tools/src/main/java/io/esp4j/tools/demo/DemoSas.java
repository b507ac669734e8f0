package io.esp4j.tools.demo;

import io.esp4j.tools.sa.SaFile;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** Makes the two SAs of a demonstration, one for each direction, with new keys. Stateless. */
final class DemoSas {
    private static final int KEY_OCTETS = 32 + 4;
    private static final String SA = """
            {"name": "%s", "spi": "%s", "mode": "tunnel", "source": "%s", "destination": "%s",
             "transform": "aes256gcm16", "key": "%s", "esn": true, "replayWindow": 1024,
             "udpEncapsulation": {"sourcePort": %d, "destinationPort": %d}}""";

    private DemoSas() {}

    static SaFile make(InetSocketAddress a, InetSocketAddress b) {
        return SaFile.parse(
                "the demonstration's SAs",
                "{\"securityAssociations\": [" + sa("a-to-b", "0x00001000", a, b) + ", "
                        + sa("b-to-a", "0x00002000", b, a) + "]}");
    }

    private static String sa(String name, String spi, InetSocketAddress source, InetSocketAddress destination) {
        byte[] key = new byte[KEY_OCTETS];
        new SecureRandom().nextBytes(key);
        String text = SA.formatted(
                name,
                spi,
                source.getAddress().getHostAddress(),
                destination.getAddress().getHostAddress(),
                HexFormat.of().formatHex(key),
                source.getPort(),
                destination.getPort());
        Arrays.fill(key, (byte) 0);
        return text;
    }
}
