package io.esp4j.dataplane;

import io.esp4j.wire.UdpHeader;
import java.util.Map;
import java.util.TreeMap;

/**
 * The UDP destination ports behind which ESP is looked for: 4500, and those of the SAs that are there. Threads: thread-safe;
 * readers see one moment's set.
 */
final class UdpPorts {
    private final Map<Integer, Integer> uses = new TreeMap<>(Map.of(UdpHeader.NAT_TRAVERSAL_PORT, 1));
    private volatile int[] ports = {UdpHeader.NAT_TRAVERSAL_PORT};

    boolean contains(int port) {
        for (int known : ports) {
            if (known == port) {
                return true;
            }
        }
        return false;
    }

    synchronized void add(int port) {
        if (uses.merge(port, 1, Integer::sum) == 1) {
            publish();
        }
    }

    /** One SA fewer has the port. */
    synchronized void remove(int port) {
        if (uses.computeIfPresent(port, (same, count) -> count == 1 ? null : count - 1) == null) {
            publish();
        }
    }

    private void publish() {
        ports = uses.keySet().stream().mapToInt(Integer::intValue).toArray();
    }
}
