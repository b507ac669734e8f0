package io.esp4j.offload;

import io.esp4j.offload.link.Link;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What left on a link, read by the tests themselves and not by the engine: Ethernet with up to two VLAN tags, IP, ESP with an
 * IV of 8 octets. Threads: single owner thread.
 */
final class Wire {
    /** A frame as it left. */
    static final class Seen {
        private final long nanos;
        private final byte[] frame;

        Seen(long nanos, byte[] frame) {
            this.nanos = nanos;
            this.frame = frame;
        }

        long nanos() {
            return nanos;
        }

        byte[] frame() {
            return frame;
        }

        int ipAt() {
            int at = 12;
            while (type(at) == 0x8100 || type(at) == 0x88a8) {
                at += 4;
            }
            return at + 2;
        }

        private int type(int at) {
            return ByteBuffer.wrap(frame).getShort(at) & 0xffff;
        }

        int etherType() {
            return type(ipAt() - 2);
        }

        byte[] packet() {
            return Arrays.copyOfRange(frame, ipAt(), frame.length);
        }

        boolean isV6() {
            return etherType() == 0x86dd;
        }

        boolean isEsp() {
            int at = ipAt();
            return isV6() ? frame[at + 6] == 50 : etherType() == 0x0800 && frame[at + 9] == 50;
        }

        private int espAt() {
            return ipAt() + (isV6() ? 40 : (frame[ipAt()] & 15) * 4);
        }

        byte[] esp() {
            return Arrays.copyOfRange(frame, espAt(), frame.length);
        }

        int spi() {
            return ByteBuffer.wrap(frame).getInt(espAt());
        }

        long sequenceLow() {
            return ByteBuffer.wrap(frame).getInt(espAt() + 4) & 0xffff_ffffL;
        }

        long iv() {
            return ByteBuffer.wrap(frame).getLong(espAt() + 8);
        }
    }

    private final List<Seen> seen = new ArrayList<>();

    static Wire of(Link link) {
        Wire wire = new Wire();
        link.observe((nanos, frame) -> wire.seen.add(new Seen(nanos, frame.octets())));
        return wire;
    }

    List<Seen> all() {
        return seen;
    }

    List<Seen> esp() {
        return seen.stream().filter(Seen::isEsp).toList();
    }

    List<Long> sequences() {
        return esp().stream().map(Seen::sequenceLow).toList();
    }

    List<Long> ivs() {
        return esp().stream().map(Seen::iv).toList();
    }

    /** How many ESP packets carry an IV that one with the same SPI, and so the same key, carried before. */
    int repeatedNonces() {
        Map<Integer, Set<Long>> ivs = new HashMap<>();
        int repeated = 0;
        for (Seen packet : esp()) {
            if (!ivs.computeIfAbsent(packet.spi(), spi -> new HashSet<>()).add(packet.iv())) {
                repeated++;
            }
        }
        return repeated;
    }

    /** Whether any frame shows some octets. */
    boolean shows(byte[] octets) {
        return seen.stream().anyMatch(frame -> indexOf(frame.frame(), octets) >= 0);
    }

    static int indexOf(byte[] octets, byte[] part) {
        for (int at = 0; at + part.length <= octets.length; at++) {
            if (Arrays.equals(octets, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
