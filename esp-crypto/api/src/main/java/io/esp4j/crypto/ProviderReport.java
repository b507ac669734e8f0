package io.esp4j.crypto;

import java.util.List;

/**
 * What is known of a provider on this machine.
 *
 * @param name its name, or that of its class if it could not be made
 * @param availability whether it can be used, and what was found or is missing
 * @param transforms each transform, in the order of {@link Transform#all()}; empty if the provider could not be made
 */
public record ProviderReport(String name, Availability availability, List<TransformReport> transforms) {

    /**
     * A report.
     *
     * @param name its name, or that of its class if it could not be made
     * @param availability whether it can be used
     * @param transforms each transform; copied
     */
    public ProviderReport {
        transforms = List.copyOf(transforms);
    }
}
