package io.esp4j.offload.driver;

import java.util.Map;

/** Hears what a device has to say by itself. Threads: the simulation's one. */
public interface DeviceListener {
    /**
     * The device is down and has lost its SAs.
     *
     * @param positions where the numbers of each stood, by handle
     */
    void deviceDown(Map<Integer, Long> positions);

    /** The device is up again, without SAs. */
    void deviceUp();

    /**
     * The device has lost an SA's high half and wants to know whether the host has received a packet.
     *
     * @param handle the SA's handle
     * @param spi its SPI
     * @param low the low half of the packet's number
     */
    void resyncRequested(int handle, int spi, int low);
}
