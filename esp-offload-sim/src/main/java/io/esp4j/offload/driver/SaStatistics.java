package io.esp4j.offload.driver;

import io.esp4j.offload.control.CommandStatus;

/**
 * What a device says of an SA.
 *
 * @param status {@link CommandStatus#OK} if there is such an SA
 * @param packets packets sealed or opened
 * @param octets their octets
 * @param position towards the link the least next number, towards the host the highest one received
 */
public record SaStatistics(CommandStatus status, long packets, long octets, long position) {
    static SaStatistics none(CommandStatus status) {
        return new SaStatistics(status, 0, 0, 0);
    }
}
