package io.esp4j.crypto.natives.binding;

/** Something native can't be used here; the message is one sentence that says what and why, fit to be shown to a user. */
public final class NativeLoadException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Can't be used.
     *
     * @param reason one sentence
     */
    public NativeLoadException(String reason) {
        super(reason);
    }

    /**
     * Can't be used.
     *
     * @param reason one sentence
     * @param cause what was thrown
     */
    public NativeLoadException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
