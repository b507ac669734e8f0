package io.esp4j.offload.link;

import io.esp4j.offload.frame.Frame;
import java.util.random.RandomGenerator;

/** What goes wrong on a link. Threads: the simulation's one. */
public interface Impairment {
    /** Nothing goes wrong. */
    Impairment NONE = frame -> 1;

    /**
     * {@return how many copies of a frame arrive: 0 if it is lost, 1, or more}
     *
     * @param frame the frame, which may be changed: remarked, damaged
     */
    int copies(Frame frame);

    /**
     * {@return how much later than others a frame arrives, so that others overtake it; nanoseconds}
     *
     * @param frame the frame
     */
    default long delayNanos(Frame frame) {
        return 0;
    }

    /**
     * Loss, duplication and delay by chance.
     *
     * @param random where chance comes from
     * @param loss chance that a frame is lost, 0 to 1
     * @param duplication chance that it arrives twice
     * @param reordering chance that it is delayed
     * @param delayNanos by how much, at most
     * @return such a link's impairment
     */
    static Impairment random(
            RandomGenerator random, double loss, double duplication, double reordering, long delayNanos) {
        return new Impairment() {
            @Override
            public int copies(Frame frame) {
                double drawn = random.nextDouble();
                return drawn < loss ? 0 : drawn < loss + duplication ? 2 : 1;
            }

            @Override
            public long delayNanos(Frame frame) {
                return random.nextDouble() < reordering ? 1 + random.nextLong(delayNanos) : 0;
            }
        };
    }
}
