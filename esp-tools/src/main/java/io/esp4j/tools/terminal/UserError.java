package io.esp4j.tools.terminal;

/**
 * Something that the user can put right: a wrong option, a wrong input. The message is one line that says what was found and
 * what was expected; it never shows key octets. The command ends with exit status 2.
 */
public class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A mistake.
     *
     * @param message one line for the user
     */
    public UserError(String message) {
        super(message);
    }
}
