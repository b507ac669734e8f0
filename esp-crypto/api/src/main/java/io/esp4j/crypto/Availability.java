package io.esp4j.crypto;

/**
 * Whether a provider can be used on this machine.
 *
 * @param available whether it can
 * @param detail what was found (a library's version, an instruction set) or why it can't be used
 */
public record Availability(boolean available, String detail) {

    /**
     * It can be used.
     *
     * @param detail what was found
     * @return available
     */
    public static Availability available(String detail) {
        return new Availability(true, detail);
    }

    /**
     * It can't be used.
     *
     * @param reason what is missing and what was expected
     * @return unavailable
     */
    public static Availability unavailable(String reason) {
        return new Availability(false, reason);
    }
}
