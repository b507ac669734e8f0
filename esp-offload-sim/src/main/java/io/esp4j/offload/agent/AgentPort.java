package io.esp4j.offload.agent;

import io.esp4j.offload.frame.FrameSink;

/**
 * One port of the agent: the MAC on one side, a link on the other, and between them a path in each direction. Threads: single
 * owner thread.
 */
public final class AgentPort {
    private final int number;
    private final AgentControl control;
    private final TransmitPath transmit;
    private final ReceivePath receive;

    AgentPort(Agent agent, int number) {
        this.number = number;
        receive = new ReceivePath(agent, number);
        transmit = new TransmitPath(agent, number, receive);
        control = new AgentControl(agent, number, receive, transmit);
    }

    /** {@return its number, from 0} */
    public int number() {
        return number;
    }

    /**
     * Connects it.
     *
     * @param toMac takes what goes to the host
     * @param toLink takes what leaves
     */
    public void connect(FrameSink toMac, FrameSink toLink) {
        receive.connect(toMac);
        transmit.connect(control, toLink);
    }

    /** {@return what takes frames from the MAC} */
    public FrameSink fromMac() {
        return transmit;
    }

    /** {@return what takes frames from the link} */
    public FrameSink fromLink() {
        return receive.fromLink();
    }

    AgentControl control() {
        return control;
    }
}
