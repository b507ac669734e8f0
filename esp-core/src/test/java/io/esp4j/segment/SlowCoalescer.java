package io.esp4j.segment;

import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coalescing by its one rule: packets may be merged if cutting the result gives them back, octet for octet. Everything is tried and
 * compared, with {@link SlowSegmentation} to cut. For TCP packets without IP options or extension headers.
 * Threads: single owner thread.
 */
final class SlowCoalescer {
    private final int maxFlows;
    private final int maxOctets;
    private final List<Group> held = new ArrayList<>();
    private final List<Group> delivered = new ArrayList<>();

    SlowCoalescer(int maxFlows, int maxOctets) {
        this.maxFlows = maxFlows;
        this.maxOctets = maxOctets;
    }

    /** Packets of a connection that belong together. */
    static final class Group {
        final List<byte[]> packets;
        final int origin;

        Group(List<byte[]> packets, int origin) {
            this.packets = packets;
            this.origin = origin;
        }

        private byte[] first() {
            return packets.get(0);
        }

        private boolean isOf(byte[] packet) {
            return connection(first()).equals(connection(packet));
        }

        /** The merged packet, or null if cutting it does not give the packets back. */
        byte[] merged() {
            byte[] first = first();
            byte[] whole = first;
            for (byte[] packet : packets.subList(1, packets.size())) {
                whole = Packets.join(whole, Packets.slice(packet, header(packet), packet.length));
                whole[ip(first) + 13] = (byte) (whole[ip(first) + 13] | (packet[ip(packet) + 13] & 0x09));
            }
            if (whole.length > 65_535) {
                return null;
            }
            whole = SlowSegmentation.of(whole, whole.length, true).get(0); // lengths and checksums
            return isCutOf(whole, false) || (isDontFragment() && isCutOf(whole, true)) ? whole : null;
        }

        private boolean isDontFragment() {
            return ip(first()) == 20 && (first()[6] & 0x40) != 0;
        }

        private boolean isCutOf(byte[] whole, boolean same) {
            int payload = first().length - header(first());
            List<byte[]> cut = SlowSegmentation.of(whole, Math.max(1, payload), same);
            boolean equal = cut.size() == packets.size();
            for (int i = 0; equal && i < cut.size(); i++) {
                equal = Arrays.equals(cut.get(i), packets.get(i));
            }
            return equal;
        }
    }

    private static int ip(byte[] packet) {
        return packet[0] >> 4 == 6 ? 40 : 20;
    }

    private static int header(byte[] packet) {
        return ip(packet) + (packet[ip(packet) + 12] & 0xf0) / 4;
    }

    private static String connection(byte[] packet) {
        int ip = ip(packet);
        return Arrays.toString(Packets.slice(packet, ip == 40 ? 8 : 12, ip + 4));
    }

    /** SYN, RST and URG mean one place; a packet without payload adds nothing. */
    private static boolean isMergeable(byte[] packet) {
        return header(packet) < packet.length && (packet[ip(packet) + 13] & 0x26) == 0;
    }

    void offer(byte[] packet, int origin) {
        Group group = null;
        for (Group candidate : held) {
            group = candidate.isOf(packet) ? candidate : group;
        }
        if (group != null && isMergeable(packet) && group.origin == origin) {
            List<byte[]> longer = new ArrayList<>(group.packets);
            longer.add(packet);
            byte[] merged = new Group(longer, origin).merged();
            if (merged != null && merged.length <= maxOctets) {
                group.packets.add(packet);
                if (isLast(group)) {
                    deliver(group);
                }
                return;
            }
        }
        if (group != null) {
            deliver(group);
        }
        Group fresh = new Group(new ArrayList<>(List.of(packet)), origin);
        if (isMergeable(packet) && !isLast(fresh) && fresh.merged() != null && packet.length <= maxOctets) {
            if (held.size() == maxFlows) {
                deliver(held.get(0));
            }
            held.add(fresh);
        } else {
            delivered.add(fresh);
        }
    }

    private static boolean isLast(Group group) {
        byte[] last = group.packets.get(group.packets.size() - 1);
        return (last[ip(last) + 13] & 0x09) != 0 || last.length < group.first().length;
    }

    private void deliver(Group group) {
        held.remove(group);
        delivered.add(group);
    }

    List<Group> flush() {
        delivered.addAll(held);
        held.clear();
        return delivered;
    }
}
