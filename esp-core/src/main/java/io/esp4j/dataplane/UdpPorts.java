package io.esp4j.dataplane;

import io.esp4j.wire.UdpHeader;
import java.util.Arrays;

/** The UDP destination ports behind which ESP is looked for. Threads: thread-safe; readers see one moment's set. */
final class UdpPorts {
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
        if (!contains(port)) {
            int[] more = Arrays.copyOf(ports, ports.length + 1);
            more[ports.length] = port;
            ports = more;
        }
    }
}
