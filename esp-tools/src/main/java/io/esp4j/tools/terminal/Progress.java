package io.esp4j.tools.terminal;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar, or none. Threads: single owner thread. */
public final class Progress implements AutoCloseable {
    private static final int COLUMNS = 78;
    private static final int UPDATE_MILLIS = 200;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(boolean visible, String task, long total) {
        if (!visible) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
                .clearDisplayOnFinish()
                .build());
    }

    /**
     * Moves on.
     *
     * @param done units done so far
     */
    public void to(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /**
     * Says more behind the bar.
     *
     * @param text a few words
     */
    public void say(String text) {
        if (bar != null) {
            bar.setExtraMessage(text);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
