package io.esp4j.offload.control;

/** How a command went, with the error that Linux has for it. */
public enum CommandStatus {
    /** Done. */
    OK("0"),
    /** The SAD is full. */
    NO_SPACE("ENOSPC"),
    /** There is an SA with that key. */
    EXISTS("EEXIST"),
    /** There is no such SA. */
    NOT_FOUND("ENOENT"),
    /** The device can't do what is asked. */
    NOT_SUPPORTED("EOPNOTSUPP"),
    /** The command makes no sense. */
    INVALID("EINVAL"),
    /** The device is down. */
    DEVICE_DOWN("ENODEV"),
    /** No reply came. */
    TIMEOUT("ETIMEDOUT");

    private static final CommandStatus[] ALL = values();

    private final String error;

    CommandStatus(String error) {
        this.error = error;
    }

    /** {@return the name of Linux's error} */
    public String error() {
        return error;
    }

    /**
     * {@return the status of a code}
     *
     * @param code as in a configuration tag
     */
    public static CommandStatus of(int code) {
        return code < ALL.length ? ALL[code] : INVALID;
    }
}
