package io.esp4j.pipeline;

import io.esp4j.dataplane.Burst;
import java.util.Objects;

/**
 * A burst on its way through a pipeline. Made once and used again and again: the caller fills the burst, hands the parcel in to
 * a {@link Lane}, and has it back when that lane gives it out; in between it is the pipeline's.
 *
 * <p>Threads: belongs to whoever has it, who may be another thread each time; handing it over publishes what it holds.
 */
public final class Parcel {
    private final Burst burst;
    Lane lane;
    long ticket;
    boolean outbound;
    boolean late;
    RuntimeException failure;

    /**
     * A parcel for one burst.
     *
     * @param burst the burst, which nobody else uses from now on
     */
    public Parcel(Burst burst) {
        this.burst = Objects.requireNonNull(burst, "burst");
    }

    /** {@return the burst, with its packets' outcomes once it has come out of a lane} */
    public Burst burst() {
        return burst;
    }

    /** {@return whether it was {@linkplain Lane#overtake overtaken} by those behind it, and so comes out of order} */
    public boolean isLate() {
        return late;
    }

    /**
     * {@return why the burst made no journey, or null, as it should be: a misuse such as a burst that was not reset. Its packets are
     * not for sending}
     */
    public RuntimeException failure() {
        return failure;
    }
}
