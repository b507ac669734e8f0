package io.esp4j.io.capture;

import java.io.IOException;

/**
 * A capture file cannot be read or written. The message is one sentence for its user: the file, where in it, what was
 * found, what was expected.
 */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    CaptureException(String message) {
        super(message);
    }

    CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
