package io.esp4j.tools.exchange;

import io.esp4j.tools.sa.SaEntry;

/** A form that SAs are written in. */
interface Export {
    /**
     * {@return the text of one SA, with its line ends}
     *
     * @throws UnsupportedException if the form has no way to say it
     */
    String write(SaEntry sa) throws UnsupportedException;

    /** The form cannot hold an SA. */
    final class UnsupportedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedException(String reason) {
            super(reason);
        }
    }
}
