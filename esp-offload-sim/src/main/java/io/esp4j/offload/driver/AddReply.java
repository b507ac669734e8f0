package io.esp4j.offload.driver;

import io.esp4j.offload.control.CommandStatus;

/**
 * How an Add SA went: what the agent's reply said.
 *
 * @param status {@link CommandStatus#OK} if the SA is installed
 * @param handle the SA's handle, 0 if it is not installed
 * @param position where its numbers stand in the device: towards the link the least next one, towards the host the highest
 *     received
 */
public record AddReply(CommandStatus status, int handle, long position) {
    static AddReply refused(CommandStatus status) {
        return new AddReply(status, 0, 0);
    }

    /** {@return whether the SA is installed} */
    public boolean ok() {
        return status == CommandStatus.OK;
    }
}
