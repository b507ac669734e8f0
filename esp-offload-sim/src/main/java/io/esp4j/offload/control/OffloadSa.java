package io.esp4j.offload.control;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.sa.SaParameters;
import java.util.Objects;

/**
 * An SA as a host installs it, and asks a device to take over (Linux: {@code xfrm_state} with {@code xfrm_user_offload}).
 * Threads: immutable but for the key, whose owner destroys it.
 */
public final class OffloadSa {
    private final SaParameters parameters;
    private final KeyingMaterial material;
    private final SaDirection direction;
    private final OffloadMode mode;
    private final SadDomain domain;
    private final int mtu;

    /**
     * An SA.
     *
     * @param parameters what it is made of; its own MTU stays unlimited, since super-packets pass it
     * @param material its key, copied
     * @param direction which way its packets go
     * @param mode what the device is asked to do
     * @param domain whose it is, or null for whoever installs it
     * @param mtu the most octets of a packet on the wire
     */
    public OffloadSa(
            SaParameters parameters,
            KeyingMaterial material,
            SaDirection direction,
            OffloadMode mode,
            SadDomain domain,
            int mtu) {
        material.requireFits(parameters.transform());
        this.parameters = Objects.requireNonNull(parameters, "parameters");
        this.material = material.copy();
        this.direction = Objects.requireNonNull(direction, "direction");
        this.mode = Objects.requireNonNull(mode, "mode");
        this.domain = domain;
        this.mtu = mtu;
    }

    /** {@return what it is made of} */
    public SaParameters parameters() {
        return parameters;
    }

    /** {@return its key, not a copy} */
    public KeyingMaterial material() {
        return material;
    }

    /** {@return which way its packets go} */
    public SaDirection direction() {
        return direction;
    }

    /** {@return what the device is asked to do} */
    public OffloadMode mode() {
        return mode;
    }

    /** {@return whose it is, or null for whoever installs it} */
    public SadDomain domain() {
        return domain;
    }

    /** {@return the most octets of a packet on the wire} */
    public int mtu() {
        return mtu;
    }

    /**
     * {@return the same SA of a domain}
     *
     * @param owner the domain
     */
    public OffloadSa of(SadDomain owner) {
        return new OffloadSa(parameters, material, direction, mode, owner, mtu);
    }

    /**
     * {@return the same SA with other parameters: where its numbers stand, for instance}
     *
     * @param others the parameters
     */
    public OffloadSa with(SaParameters others) {
        return new OffloadSa(others, material, direction, mode, domain, mtu);
    }

    @Override
    public String toString() {
        return direction + " " + mode + " " + parameters;
    }
}
