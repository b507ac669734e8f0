package io.esp4j.dataplane;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Packets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The published packets of {@code esp-packets.txt}: blocks of lines, each a name and a value. Stateless. */
final class EspPacketVectors {
    private EspPacketVectors() {}

    record Vector(Map<String, String> fields) {
        String id() {
            return fields.get("id");
        }

        Transform transform() {
            return Transform.named(fields.get("transform"));
        }

        boolean has(String field) {
            return fields.containsKey(field);
        }

        byte[] octets(String field) {
            return Packets.hex(fields.getOrDefault(field, ""));
        }

        long sequence() {
            return Long.parseUnsignedLong(fields.get("sequence"), 16);
        }

        boolean esn() {
            return has("esn");
        }

        boolean tunnel() {
            return fields.get("mode").equals("tunnel");
        }

        String outcome() {
            return fields.getOrDefault("outcome", "ACCEPTED");
        }

        int nextHeader() {
            return Integer.parseInt(fields.get("next-header"));
        }

        /** Payload, padding, pad length and next header. */
        byte[] text() {
            byte[] padding = octets("padding");
            byte[] end = {(byte) padding.length, (byte) nextHeader()};
            return Packets.join(octets("payload"), padding, end);
        }

        /** RFC 3602 has no integrity: there the octets of an ICV are missing. */
        boolean lacksIcv() {
            return !has("integrity-key") && transform().integrityKeyOctets() != 0;
        }

        byte[] integrityKey() {
            return lacksIcv() ? new byte[transform().integrityKeyOctets()] : octets("integrity-key");
        }

        KeyingMaterial material() {
            return KeyingMaterial.of(octets("key"), integrityKey());
        }

        boolean hasReservedSpi() {
            return Packets.int32(octets("esp"), 0) < 256;
        }

        boolean inUdp() {
            return fields.getOrDefault("outer", "").contains("11941194");
        }

        /** An SA that stands just before the packet. */
        SaBuilder builder() {
            int spi = (int) Packets.int32(octets("esp"), 0);
            IpAddress source = IpAddress.parse("192.0.2.1");
            IpAddress destination = IpAddress.parse("192.0.2.2");
            SaBuilder builder = tunnel()
                    ? SaParameters.tunnel(spi, transform(), source, destination)
                    : SaParameters.transport(spi, transform(), source, destination);
            return builder.legacy(true).esn(esn()).sequence(sequence() - 1);
        }

        @Override
        public String toString() {
            return id();
        }
    }

    static List<Vector> all() {
        List<Vector> vectors = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines()) {
            if (line.isBlank()) {
                fields = new LinkedHashMap<>();
            } else if (!line.startsWith("#")) {
                String[] nameAndValue = line.split(" ", 2);
                if (fields.isEmpty()) {
                    vectors.add(new Vector(fields));
                }
                fields.put(nameAndValue[0], nameAndValue.length == 1 ? "" : nameAndValue[1]);
            }
        }
        return vectors;
    }

    private static List<String> lines() {
        try (InputStream file = Objects.requireNonNull(EspPacketVectors.class.getResourceAsStream("esp-packets.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
