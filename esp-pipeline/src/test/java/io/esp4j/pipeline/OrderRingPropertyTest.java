package io.esp4j.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random walks beside the obvious: a queue of places, each empty, filled or given up. */
class OrderRingPropertyTest {
    /** A place in the queue. */
    private static final class Place {
        final long ticket;
        boolean settled;
        String item;

        Place(long ticket) {
            this.ticket = ticket;
        }
    }

    @Property(tries = 300)
    void shouldBehaveAsQueueOfPlaces(@ForAll @IntRange(min = 0, max = 4) int shift, @ForAll long seed) {
        Random random = new Random(seed);
        OrderRing<String> ring = new OrderRing<>(1 << shift);
        Deque<Place> places = new ArrayDeque<>();
        List<Place> held = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> released = new ArrayList<>();
        long tickets = 0;
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    long ticket = ring.take();
                    assertEquals(places.size() == ring.capacity() ? OrderRing.FULL : tickets, ticket);
                    if (ticket != OrderRing.FULL) {
                        tickets++;
                        places.add(new Place(ticket));
                        held.add(places.getLast());
                    }
                }
                case 2, 3 -> {
                    if (!held.isEmpty()) {
                        Place mine = held.remove(random.nextInt(held.size()));
                        boolean late = mine.settled;
                        assertEquals(!late, ring.complete(mine.ticket, "item " + mine.ticket));
                        mine.settled = true;
                        mine.item = late ? null : "item " + mine.ticket;
                    }
                }
                case 4 -> {
                    if (!held.isEmpty() && random.nextBoolean()) {
                        Place mine = held.remove(random.nextInt(held.size()));
                        ring.abandon(mine.ticket);
                        mine.settled = true;
                    } else {
                        boolean possible = !places.isEmpty() && !places.getFirst().settled;
                        assertEquals(possible, ring.overtake());
                        if (possible) {
                            places.getFirst().settled = true;
                        }
                    }
                }
                default -> {
                    ring.drain(released::add);
                    while (!places.isEmpty() && places.getFirst().settled) {
                        Place first = places.removeFirst();
                        if (first.item != null) {
                            expected.add(first.item);
                        }
                    }
                    assertEquals(expected, released);
                    assertEquals(places.size(), ring.outstanding());
                }
            }
        }
    }
}
