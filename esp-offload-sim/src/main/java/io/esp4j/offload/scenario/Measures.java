package io.esp4j.offload.scenario;

import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run is judged by: every counter's sum under its own name, and
 * <ul>
 *   <li>{@code delivered HOST}: packets that a host received; {@code payload HOST}: their octets; {@code largest HOST}: how many
 *       packets were merged into the largest;
 *   <li>{@code twice HOST}: packets that a host received again, octet for octet;
 *   <li>{@code esp LINK}, {@code clear LINK}, {@code fragments LINK}: frames of a link;
 *   <li>{@code nonces}: ESP packets with a number and IV that their SA had used for another text;
 *   <li>{@code numbers}: ESP packets whose number is not above all before of their SA on that link.
 * </ul>
 *
 * <p>Threads: immutable.
 */
public final class Measures {
    private final Map<String, Long> values = new TreeMap<>();

    Measures(List<Counters> counters, List<WireFrame> wire, Map<String, List<Delivery>> deliveries) {
        for (Counter counter : Counter.values()) {
            values.put(counter.label(), 0L);
        }
        for (Counters part : counters) {
            part.values().forEach((counter, value) -> values.merge(counter.label(), value, Long::sum));
        }
        deliveries.forEach(this::delivered);
        ofWire(wire);
    }

    private void delivered(String host, List<Delivery> packets) {
        Set<Integer> seen = new HashSet<>();
        long octets = 0;
        long twice = 0;
        long largest = 0;
        for (Delivery packet : packets) {
            octets += packet.packet().length;
            largest = Math.max(largest, packet.segments());
            twice += seen.add(Arrays.hashCode(packet.packet())) ? 0 : 1;
        }
        values.put("delivered " + host, (long) packets.size());
        values.put("payload " + host, octets);
        values.put("largest " + host, largest);
        values.put("twice " + host, twice);
    }

    private void ofWire(List<WireFrame> wire) {
        Map<List<Long>, Integer> texts = new HashMap<>();
        Map<String, Integer> highest = new HashMap<>();
        values.put("nonces", 0L);
        values.put("numbers", 0L);
        for (WireFrame frame : wire) {
            String kind =
                    switch (frame.kind()) {
                        case ESP -> "esp ";
                        case ESP_FRAGMENT -> "fragments ";
                        case CLEAR -> "clear ";
                        case OTHER -> "other ";
                    };
            values.merge(kind + frame.link(), 1L, Long::sum);
            if (frame.kind() != WireFrame.Kind.ESP) {
                continue;
            }
            List<Long> nonce = List.of((long) frame.spi(), (long) frame.sequenceLow(), frame.iv());
            Integer text = texts.putIfAbsent(nonce, frame.textHash());
            if (text != null && text != frame.textHash()) {
                values.merge("nonces", 1L, Long::sum);
            }
            Integer before = highest.put(frame.link() + frame.spi(), frame.sequenceLow());
            if (before != null && frame.sequenceLow() - before <= 0) { // modulo 2^32
                values.merge("numbers", 1L, Long::sum);
            }
        }
    }

    /** {@return all of them, by name} */
    public Map<String, Long> values() {
        return new TreeMap<>(values);
    }

    /**
     * {@return a measure, 0 if nothing of the kind occurred}
     *
     * @param name its name
     */
    public long value(String name) {
        return values.getOrDefault(name, 0L);
    }

    /**
     * {@return whether there can be a measure of that name}
     *
     * @param name the name
     * @param hosts the hosts of the run
     * @param links its links
     */
    public static boolean isKnown(String name, Set<String> hosts, Set<String> links) {
        String[] words = name.split(" ", 2);
        if (words.length == 2) {
            return switch (words[0]) {
                case "delivered", "payload", "largest", "twice" -> hosts.contains(words[1]);
                case "esp", "clear", "fragments", "other" -> links.contains(words[1]);
                default -> false;
            };
        }
        return name.equals("nonces")
                || name.equals("numbers")
                || Arrays.stream(Counter.values())
                        .anyMatch(counter -> counter.label().equals(name));
    }
}
