package io.esp4j.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IndirectionTableTest {
    @Test
    void shouldSpreadEvenlyAndMoveOneBucket() {
        IndirectionTable table = new IndirectionTable(IndirectionTable.DEFAULT_BUCKETS, 3);
        int[] buckets = new int[3];
        for (int hash = 0; hash < 128; hash++) {
            buckets[table.resource(hash)]++;
            assertEquals(table.resource(hash), table.resource(hash + (hash << 20) * 128));
        }
        assertEquals(43, buckets[0]);
        assertEquals(43, buckets[1]);
        assertEquals(42, buckets[2]);
        table.set(127, 7);
        assertEquals(7, table.resource(-1));
        assertEquals(0, table.resource(126));
        table.spread(1);
        assertEquals(0, table.resource(-1));
        assertEquals(128, table.buckets());
    }

    @Test
    void shouldRefuseWhatIsNoTable() {
        assertThrows(IllegalArgumentException.class, () -> new IndirectionTable(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new IndirectionTable(100, 1));
        assertThrows(IllegalArgumentException.class, () -> new IndirectionTable(1 << 17, 1));
        assertThrows(IllegalArgumentException.class, () -> new IndirectionTable(8, 0));
        IndirectionTable table = new IndirectionTable(8, 2);
        assertThrows(IllegalArgumentException.class, () -> table.set(0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> table.set(8, 0));
    }

    @Test
    void shouldShowOneResourceOrTheOtherWhileBucketsMove() throws InterruptedException {
        IndirectionTable table = new IndirectionTable(8, 1);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        AtomicLong asked = new AtomicLong();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                for (int hash = 0; hash < 8; hash++) {
                    int resource = table.resource(hash);
                    wrong.addAndGet(resource == 0 || resource == 5 ? 0 : 1);
                    asked.incrementAndGet();
                }
            }
        });
        reader.start();
        for (int i = 0; i < 10_000 || asked.get() == 0; i++) {
            table.set(i & 7, i % 3 == 0 ? 5 : 0);
        }
        done.set(true);
        reader.join();
        assertTrue(asked.get() > 0);
        assertEquals(0, wrong.get());
    }
}
