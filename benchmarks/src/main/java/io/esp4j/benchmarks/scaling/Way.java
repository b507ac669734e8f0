package io.esp4j.benchmarks.scaling;

/** How work is divided. */
enum Way {
    ONE_WORKER("one worker", 1),
    TWO_SAS("two workers, an SA each", 2),
    ORDER_OFF("two workers on one SA, order off", 2),
    ORDER_KEPT("two workers on one SA, order kept", 2),
    LOCKED("two workers on one SA, a lock around the window", 2);

    final String title;
    final int workers;

    Way(String title, int workers) {
        this.title = title;
        this.workers = workers;
    }
}
