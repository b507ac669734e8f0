package io.esp4j.offload.mac;

import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.MacAddress;

/** Where a function is attached to the switch; frames from its ring go in here. Threads: single owner thread. */
public final class SwitchPort implements FrameSink {
    final MacAddress address;
    final long vlans;
    final boolean trusted;
    final FrameSink toHost;
    private final EmbeddedSwitch owner;

    SwitchPort(EmbeddedSwitch owner, MacAddress address, long vlans, boolean trusted, FrameSink toHost) {
        this.owner = owner;
        this.address = address;
        this.vlans = vlans;
        this.trusted = trusted;
        this.toHost = toHost;
    }

    /** {@return the function's address} */
    public MacAddress address() {
        return address;
    }

    /** {@return whether the function may talk to the agent} */
    public boolean isTrusted() {
        return trusted;
    }

    @Override
    public void accept(Frame frame) {
        owner.fromFunction(this, frame);
    }
}
