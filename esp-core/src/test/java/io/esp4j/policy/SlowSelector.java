package io.esp4j.policy;

import io.esp4j.wire.IpAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * RFC 4301 §4.4.1.1 in plain words: each field is a list of inclusive ranges of numbers; null means ANY, an empty list
 * OPAQUE. OPAQUE fields of packets are null.
 */
record SlowSelector(
        List<Addresses> source,
        List<Addresses> destination,
        List<Integer> protocols,
        List<Values> first,
        List<Values> second) {

    record Addresses(boolean v6, BigInteger from, BigInteger to) {}

    record Values(int from, int to) {}

    boolean matches(Flow flow, boolean reversed) {
        Integer firstField = field(flow.sourcePort());
        Integer secondField = field(flow.destinationPort());
        if (reversed) {
            Integer exchanged = firstField;
            firstField = secondField;
            secondField = exchanged;
        }
        if (flow.protocol() == 1 || flow.protocol() == 58) {
            firstField = field(flow.icmpTypeAndCode());
        } else if (flow.protocol() == 135) {
            Integer type = field(flow.mobilityType());
            firstField = type == null ? null : type * 256;
        }
        return holds(source, reversed ? flow.destination() : flow.source())
                && holds(destination, reversed ? flow.source() : flow.destination())
                && (protocols == null
                        || (flow.protocol() == Flow.OPAQUE ? protocols.isEmpty() : protocols.contains(flow.protocol())))
                && holds(first, firstField)
                && holds(second, secondField);
    }

    private static boolean holds(List<Addresses> ranges, IpAddress address) {
        return ranges == null
                || ranges.stream()
                        .anyMatch(range -> range.v6 == address.v6()
                                && range.from.compareTo(number(address)) <= 0
                                && number(address).compareTo(range.to) <= 0);
    }

    private static boolean holds(List<Values> ranges, Integer value) {
        if (ranges == null) {
            return true;
        }
        return value == null
                ? ranges.isEmpty()
                : ranges.stream().anyMatch(range -> range.from <= value && value <= range.to);
    }

    private static Integer field(int value) {
        return value == Flow.OPAQUE ? null : Integer.valueOf(value);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.toInetAddress().getAddress());
    }

    /** The real thing, made through its builder. */
    Selector real() {
        SelectorBuilder builder = Selector.builder();
        if (source != null) {
            source.forEach(range -> builder.source(real(range)));
        }
        if (destination != null) {
            destination.forEach(range -> builder.destination(real(range)));
        }
        if (protocols != null && protocols.isEmpty()) {
            builder.opaqueProtocol();
        } else if (protocols != null) {
            protocols.forEach(builder::protocol);
        }
        ValueSet firstSet = real(first);
        boolean ports = protocols != null && protocols.stream().allMatch(NextLayerProtocol::hasPorts);
        if (ports) {
            builder.sourcePorts(firstSet).destinationPorts(real(second));
        } else if (protocols != null && protocols.contains(135)) {
            builder.mobility(firstSet);
        } else if (protocols != null && first != null) {
            builder.icmp(firstSet);
        }
        return builder.build();
    }

    private static AddressRange real(Addresses range) {
        return new AddressRange(real(range.v6, range.from), real(range.v6, range.to));
    }

    private static IpAddress real(boolean v6, BigInteger number) {
        return new IpAddress(v6, number.shiftRight(64).longValue(), number.longValue());
    }

    private static ValueSet real(List<Values> ranges) {
        if (ranges == null) {
            return ValueSet.ANY;
        }
        return ranges.stream()
                .map(range -> ValueSet.range(range.from, range.to))
                .reduce(ValueSet::and)
                .orElse(ValueSet.OPAQUE);
    }

    /** Any selector that may be built, over the same few values as {@link TestPacket#random}. */
    static SlowSelector random(Random random) {
        boolean v6 = random.nextInt(3) == 0;
        List<Addresses> source = random.nextInt(3) == 0 ? null : addresses(random, v6);
        List<Addresses> destination = random.nextInt(3) == 0 ? null : addresses(random, v6);
        List<Values> second = null;
        List<Values> first = null;
        List<Integer> protocols;
        switch (random.nextInt(6)) {
            case 0 -> protocols = null;
            case 1 -> protocols = List.of();
            case 2 -> protocols = List.of(47, 6);
            case 3 -> {
                protocols = List.of(random.nextBoolean() ? 1 : 58);
                first = types(random, random.nextInt(4));
            }
            case 4 -> {
                protocols = List.of(135);
                int type = random.nextInt(4);
                first = List.of(new Values(type * 256, type * 256 + 255));
            }
            default -> {
                protocols = random.nextBoolean() ? List.of(6) : List.of(17, 6);
                first = ports(random);
                second = ports(random);
            }
        }
        return new SlowSelector(source, destination, protocols, first, second);
    }

    private static List<Values> types(Random random, int type) {
        int to = Math.min(3, type + random.nextInt(3));
        int fromCode = random.nextInt(4);
        return random.nextInt(4) == 0
                ? List.of()
                : List.of(new Values(
                        type * 256 + fromCode, to * 256 + (to == type ? Math.max(fromCode, 2) : random.nextInt(4))));
    }

    private static List<Values> ports(Random random) {
        int kind = random.nextInt(6);
        if (kind == 0) {
            return List.of();
        }
        if (kind < 3) {
            return null;
        }
        return IntStream.range(0, 1 + random.nextInt(2))
                .mapToObj(i -> {
                    int a = TestPacket.port(random);
                    int b = TestPacket.port(random);
                    return new Values(Math.min(a, b), Math.max(a, b));
                })
                .toList();
    }

    private static List<Addresses> addresses(Random random, boolean v6) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> {
                    BigInteger a = number(TestPacket.address(random, v6));
                    BigInteger b = number(TestPacket.address(random, v6));
                    return new Addresses(v6, a.min(b), a.max(b));
                })
                .toList();
    }
}
