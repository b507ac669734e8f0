package io.esp4j.offload.host;

import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.driver.NetworkFunction;
import io.esp4j.offload.frame.MacAddress;

/** An SA as a host has it: where its work is done, and with which state. Made by a {@link HostStack}. Threads: single owner thread. */
public final class HostSa {
    private static final int RECENT = 128;

    final OffloadSa sa;
    final NetworkFunction function;
    final int origin;
    /** Numbers of an outbound SA, where they are the host's; for packet offload only its lengths are asked for. */
    OutboundSa outbound;
    /** The window of an inbound SA, where it is the host's. */
    InboundSa inbound;

    MacAddress nextHop;
    Place place = Place.INSTALLING;
    CommandStatus status = CommandStatus.OK;
    int handle;
    boolean isAsked;
    int askedLow;
    private final long[] recent = new long[RECENT];
    private int recentAt;

    HostSa(OffloadSa sa, NetworkFunction function, int origin) {
        this.sa = sa;
        this.function = function;
        this.origin = origin;
    }

    /** {@return what was installed} */
    public OffloadSa description() {
        return sa;
    }

    /** {@return its SPI} */
    public int spi() {
        return sa.parameters().spi();
    }

    /** {@return where its work is done} */
    public Place place() {
        return place;
    }

    /** {@return what the device said when it was asked last; OK if it was not asked} */
    public CommandStatus status() {
        return status;
    }

    /** {@return its handle in the device, 0 if it is not there} */
    public int handle() {
        return handle;
    }

    /** {@return towards the link the last number that the host gave, towards the host the highest that it received} */
    public long position() {
        if (sa.direction() == SaDirection.TRANSMIT) {
            return outbound == null ? 0 : outbound.lastSequence();
        }
        return inbound == null ? 0 : inbound.highestSequence();
    }

    void received(long number) {
        recent[recentAt] = number;
        recentAt = (recentAt + 1) % RECENT;
    }

    /** {@return a number received lately with a low half, or 0} */
    long recentWith(int low) {
        for (long number : recent) {
            if ((int) number == low && number != 0) {
                return number;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return sa + " " + place;
    }
}
