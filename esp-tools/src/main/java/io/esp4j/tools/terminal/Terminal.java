package io.esp4j.tools.terminal;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where a command writes, and whether a person is looking. Threads: as safe as the writers that it was made of.
 *
 * @param out standard output: what was asked for
 * @param err standard error: warnings, mistakes, progress
 * @param outIsTerminal whether standard output is a terminal, so that colours are in place
 * @param errIsTerminal whether standard error is a terminal, so that progress bars are in place
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal) {
    private static final String OUT_IS_TERMINAL = "esp.out.terminal";
    private static final String ERR_IS_TERMINAL = "esp.err.terminal";

    /** {@return the streams of this process; the launcher's system properties say whether they are terminals} */
    public static Terminal system() {
        Charset charset = Charset.defaultCharset();
        return new Terminal(
                new PrintWriter(new OutputStreamWriter(System.out, charset), true),
                new PrintWriter(new OutputStreamWriter(System.err, charset), true),
                Boolean.getBoolean(OUT_IS_TERMINAL),
                Boolean.getBoolean(ERR_IS_TERMINAL));
    }

    /** {@return whether colours are in place: on a terminal, unless the user has set {@code NO_COLOR}} */
    public boolean colours() {
        String refused = System.getenv("NO_COLOR");
        return outIsTerminal && (refused == null || refused.isEmpty());
    }

    /**
     * Tells of something that does not stop the command.
     *
     * @param text one line
     */
    public void warn(String text) {
        err.println("esp: warning: " + text);
        err.flush();
    }

    /**
     * Tells what was done, beside the output itself.
     *
     * @param text one line
     */
    public void note(String text) {
        err.println("esp: " + text);
        err.flush();
    }

    /**
     * A progress bar on standard error, or nothing visible where that is no terminal.
     *
     * @param task what is being done, a word or two
     * @param total how many units there are to do
     * @return the bar; the caller closes it
     */
    public Progress progress(String task, long total) {
        return Progress.of(errIsTerminal, task, total);
    }
}
