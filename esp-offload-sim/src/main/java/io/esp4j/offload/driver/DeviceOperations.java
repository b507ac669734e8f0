package io.esp4j.offload.driver;

import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.frame.Frame;
import java.util.function.Consumer;

/**
 * What a host's stack asks of a device, shaped like Linux's {@code xfrmdev_ops}. A call there sleeps until the device has
 * replied; here its answer comes later. Threads: the simulation's one.
 */
public interface DeviceOperations {
    /**
     * {@code xdo_dev_state_add}: installs an SA, if the device can.
     *
     * @param sa the SA; its numbers start no lower than where they stood when its key was here before
     * @param answer hears what the agent replied
     */
    void stateAdd(OffloadSa sa, Consumer<AddReply> answer);

    /**
     * {@code xdo_dev_state_delete}: no packet uses the SA from now on.
     *
     * @param handle its handle
     * @param answer hears how it went, and where its numbers stood
     */
    void stateDelete(int handle, Consumer<SaStatistics> answer);

    /**
     * {@code xdo_dev_state_free}: the host will not ask about the SA again.
     *
     * @param handle its handle
     */
    void stateFree(int handle);

    /**
     * {@code xdo_dev_offload_ok}: whether the device can do a packet of an SA that it has.
     *
     * @param frame the packet behind an Ethernet header
     * @param ipAt position of its IP header
     * @param encrypted whether software has encrypted it already
     * @return whether it can
     */
    boolean offloadOk(Frame frame, int ipAt, boolean encrypted);

    /**
     * {@code xdo_dev_state_advance_esn}: tells the device where the numbers of an SA stand.
     *
     * @param handle its handle
     * @param spi its SPI
     * @param number towards the link the least next number, towards the host one that was received
     */
    void advanceEsn(int handle, int spi, long number);

    /**
     * {@code xdo_dev_state_update_stats}: asks what the device has counted.
     *
     * @param handle the SA's handle
     * @param answer hears it
     */
    void updateStatistics(int handle, Consumer<SaStatistics> answer);

    /**
     * Confirms a number, and with it its high half, to a device that asked.
     *
     * @param handle the SA's handle
     * @param spi its SPI
     * @param number a number that the host has received
     * @param answer hears how it went
     */
    void resyncAnswer(int handle, int spi, long number, Consumer<CommandStatus> answer);

    /** {@return whether the device is up} */
    boolean isUp();
}
