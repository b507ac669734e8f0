package io.esp4j.offload.control;

/** What a configuration frame is about. */
public enum Command {
    /** Add an SA; the reply carries its handle. */
    ADD_SA,
    /** Remove an SA; the reply carries where its numbers stood. */
    REMOVE_SA,
    /** Remove all SAs of the port that the command came through; the reply carries where their numbers stood. */
    REMOVE_ALL,
    /** Which addresses are on this side: frames to them turn round. */
    LOCAL_ADDRESSES,
    /** Read an SA's statistics. */
    READ_SA,
    /** Tell the device where an SA's numbers stand. */
    ADVANCE_ESN,
    /** Notice of the agent: it has lost an SA's high half. */
    RESYNC_REQUEST,
    /** The host's confirmation of a high half. */
    RESYNC_ANSWER,
    /** Reset the device; a notice goes ahead of it and another one follows. */
    RESET,
    /** Notice of the agent: it is going down, with where the numbers of its SAs stood, or it is up. */
    DEVICE;

    private static final Command[] ALL = values();

    /**
     * {@return the command of a code, or null}
     *
     * @param code as in a configuration tag
     */
    public static Command of(int code) {
        return code < ALL.length ? ALL[code] : null;
    }
}
