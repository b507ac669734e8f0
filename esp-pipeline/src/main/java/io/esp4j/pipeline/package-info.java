/**
 * Any number of workers on the packets of one SA, with their order restored on the way out.
 *
 * <p>The SA itself needs nothing from here: numbers are reserved in ranges and the window commits without a lock
 * ({@link io.esp4j.replay}), so that threads with a {@link io.esp4j.dataplane.Worker} each may take whatever bursts they like. What is
 * lost by that is the order in which packets came. Here it is restored, or not, and bursts are brought to workers and back.
 *
 * <h2>With threads of your own</h2>
 *
 * <p>An {@link io.esp4j.pipeline.OrderRing} for each SA, or for each stream that has an order: take a ticket with each burst, work on
 * the burst, hand it in, drain. Whichever thread finishes the oldest burst sends out what has waited for it.
 *
 * <h2>Ready made</h2>
 *
 * <p>A {@link io.esp4j.pipeline.Pipeline} has {@link io.esp4j.pipeline.Lane}s, ordered or not. A
 * {@link io.esp4j.pipeline.Parcel}, a burst that the caller owns, is handed in to a lane and taken out of it again, worked on by one of
 * the pipeline's {@link io.esp4j.pipeline.PipelineWorker}s in between: threads that {@link io.esp4j.pipeline.PipelineThreads} runs, or
 * the caller's. Between them are bounded queues (JCTools', of the kind that does without {@code Unsafe}).
 *
 * <h2>What order means</h2>
 *
 * <p>The order of tickets, which is the order in which bursts were taken in hand. Outbound, sequence numbers are reserved later, by
 * the workers: bursts leave in the order of their inner packets, and numbers on the wire may be out of order by as much as
 * workers have under way. The receiver's window must be wider than that, see
 * {@link io.esp4j.sa.SaBuilder#severalWorkers(int, int)}. Numbers lost on the way in leave no gap to wait for, since tickets do
 * not count numbers.
 *
 * <h2>Rules</h2>
 *
 * <p>Everything is bounded and nothing waits: no room is an answer ({@code FULL}, {@code false}) that is counted. Nothing here
 * allocates for each packet or burst, takes a lock or drops what it was given.
 */
package io.esp4j.pipeline;
