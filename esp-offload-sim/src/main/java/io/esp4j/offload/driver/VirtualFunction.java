package io.esp4j.offload.driver;

import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.mac.EmbeddedSwitch;
import io.esp4j.offload.simulation.Event;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Simulation;
import java.util.function.Consumer;

/**
 * A VF and its driver in a virtual machine: asks the PF's driver for everything, by mailbox. Threads: single owner thread.
 */
public final class VirtualFunction extends NetworkFunction {
    private final PhysicalFunction physical;
    private final boolean trusted;

    /**
     * A VF in its switch, which has no resources yet.
     *
     * @param simulation the run
     * @param mac its switch
     * @param physical the PF that it belongs to
     * @param name its name, such as {@code a.vm1}
     * @param address its address
     * @param vlans the VLAN tags of its frames
     * @param trusted whether it may have offload
     */
    public VirtualFunction(
            Simulation simulation,
            EmbeddedSwitch mac,
            PhysicalFunction physical,
            String name,
            MacAddress address,
            long vlans,
            boolean trusted) {
        super(simulation, mac, name, address, vlans, trusted);
        this.physical = physical;
        this.trusted = trusted;
        physical.adopt(this);
    }

    /** {@return whether it may have offload} */
    public boolean isTrusted() {
        return trusted;
    }

    /** Something happens on the other side of the mailbox. */
    void mailbox(Event event) {
        simulation.after(simulation.value(Parameter.MAILBOX_NANOS), event);
    }

    /**
     * Asks the PF for resources; it first removes what vanished VFs left.
     *
     * @param answer hears that it may begin
     */
    public void open(Runnable answer) {
        mailbox(() -> physical.resourcesFor(() -> {
            physical.announceLocalAddresses();
            mailbox(answer::run);
        }));
    }

    /** Vanishes as a virtual machine that is killed: without a word, and without removing its SAs. */
    public void destroy() {
        detach();
    }

    @Override
    public void stateAdd(OffloadSa sa, Consumer<AddReply> answer) {
        if (!trusted) {
            answer.accept(AddReply.refused(CommandStatus.NOT_SUPPORTED));
            return;
        }
        // The PF puts the VF's own address and VLANs into the key, whatever the VF says.
        mailbox(() -> physical.add(this, sa.of(domain()), reply -> mailbox(() -> answer.accept(reply))));
    }

    @Override
    public void stateDelete(int handle, Consumer<SaStatistics> answer) {
        mailbox(() -> physical.remove(this, handle, reply -> mailbox(() -> answer.accept(reply))));
    }

    @Override
    public void stateFree(int handle) {
        // The PF's driver keeps the book.
    }

    @Override
    public void advanceEsn(int handle, int spi, long number) {
        mailbox(() -> physical.advanceEsn(handle, spi, number));
    }

    @Override
    public void updateStatistics(int handle, Consumer<SaStatistics> answer) {
        mailbox(() -> physical.updateStatistics(handle, reply -> mailbox(() -> answer.accept(reply))));
    }

    @Override
    public void resyncAnswer(int handle, int spi, long number, Consumer<CommandStatus> answer) {
        mailbox(() -> physical.resyncAnswer(handle, spi, number, reply -> mailbox(() -> answer.accept(reply))));
    }

    @Override
    public boolean isUp() {
        return physical.isUp() && isAttached();
    }
}
