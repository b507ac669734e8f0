package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.binding.NativeHeap;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * A manager of ipsec-mb with the scratch memory around it, in one block. Threads: single owner thread.
 *
 * <p>Layout of the block:
 * <pre>
 *   IMB_MGR (its ring: 4 rows of 64 jobs) | 4 × (64 lines, pointers to the row's jobs)
 *   | pointers for flushing | gcm_context_data | line | 64 lines | 64 cipher jobs | 64 hash jobs
 * </pre>
 * Everything that is written per packet is a whole 64-bit word, through a {@link LongBuffer} in the machine's byte order: one
 * compare and one store, where a {@link ByteBuffer} also looks at its byte order each time.
 */
final class MultiBuffer {
    private static final int CAPACITY = NativeSession.PACKETS_PER_CALL;
    private static final int ROWS = Layout.RING_JOBS / CAPACITY;
    /** {@code gcm_context_data} has 88 octets in 1.3; nobody says that it stays so. */
    private static final int GCM_CONTEXT_WORDS = 64;

    /**
     * All positions in the block, as a mask. Who goes from position to position by it leaves them as they are, and lets the JIT see that
     * none is negative: a {@link LongBuffer} asks for that each time.
     */
    static final int POSITIONS = (1 << 20) - 1;

    private static final int LINES_WORDS = CAPACITY * JobSlots.LINE_WORDS;
    private static final int ROW_WORDS = LINES_WORDS + CAPACITY;

    private final IpsecMbLibrary library;
    private final NativeHeap heap;
    private final Layout layout;
    private final int octets;
    private final long manager;
    private final ByteBuffer managerView;
    private final LongBuffer words;
    private final JobSlots[] rows = new JobSlots[ROWS];
    private final JobTemplate[] templates = new JobTemplate[ROWS];
    private final int rowScratch;
    private final int flushPointers;
    private final int gcmContext;
    private final JobSlots cipherJobs;
    private final JobSlots hashJobs;
    private int row;
    private int nextVictim;

    MultiBuffer(IpsecMbLibrary library, NativeHeap heap) {
        this.library = library;
        this.heap = heap;
        layout = library.layout();
        int jobWords = layout.jobWords();
        rowScratch = (library.managerSize() + 63) / 64 * 8;
        flushPointers = rowScratch + ROWS * ROW_WORDS;
        gcmContext = flushPointers + CAPACITY;
        int hashLines = directLine() + JobSlots.LINE_WORDS;
        int arrays = hashLines + LINES_WORDS;
        int end = arrays + 2 * CAPACITY * jobWords;
        if (end > POSITIONS) {
            throw new IllegalStateException("ipsec-mb wants " + end + " words, expected at most " + POSITIONS);
        }
        octets = end * Long.BYTES;
        manager = heap.allocate(octets);
        managerView = heap.view(manager, octets);
        words = managerView.asLongBuffer();
        library.initialise(manager, managerView);
        for (int i = 0; i < ROWS; i++) {
            int jobs = layout.jobs() / Long.BYTES + i * CAPACITY * jobWords;
            rows[i] = new JobSlots(words, manager, jobs, jobWords, rowScratch + i * ROW_WORDS);
            for (int slot = 0; slot < CAPACITY; slot++) {
                words.put(pointers(i) + slot, rows[i].address(slot));
            }
        }
        // Cipher jobs and hash jobs share their lines: only one of the two uses them.
        cipherJobs = new JobSlots(words, manager, arrays, jobWords, hashLines);
        hashJobs = new JobSlots(words, manager, arrays + CAPACITY * jobWords, jobWords, hashLines);
    }

    private int pointers(int ofRow) {
        return rowScratch + ofRow * ROW_WORDS + LINES_WORDS;
    }

    /** {@return the block} */
    LongBuffer words() {
        return words;
    }

    /** {@return the address of a word of the block} */
    long address(int word) {
        return manager + (long) word * Long.BYTES;
    }

    /** {@return the address of what a direct call of GCM works with} */
    long gcmContext() {
        return address(gcmContext);
    }

    /** {@return the position of a line for a direct call, as in {@link JobSlots}} */
    int directLine() {
        return gcmContext + GCM_CONTEXT_WORDS;
    }

    /** {@return jobs of the ring that hold a template; valid until {@link #submit}} */
    JobSlots ring(JobTemplate template, int count) {
        if (templates[row] != template) {
            row = rowOf(template);
        }
        JobSlots slots = rows[row];
        slots.require(template, count);
        return slots;
    }

    private int rowOf(JobTemplate template) {
        for (int i = 0; i < ROWS; i++) {
            if (templates[i] == template) {
                return i;
            }
        }
        int victim = nextVictim;
        nextVictim = (victim + 1) % ROWS;
        templates[victim] = template;
        return victim;
    }

    /** {@return jobs for {@link #cipher} that hold a template} */
    JobSlots cipherJobs(JobTemplate template, int count) {
        cipherJobs.require(template, count);
        return cipherJobs;
    }

    /** {@return jobs for {@link #hash} that hold a template} */
    JobSlots hashJobs(JobTemplate template, int count) {
        hashJobs.require(template, count);
        return hashJobs;
    }

    /**
     * Computes the first jobs of the row that {@link #ring} returned last.
     *
     * @return whether all of them are done; if not, none of them counts and the manager is as new
     */
    boolean submit(int count) {
        if (count == 0) {
            return true; // nothing says what the library does then
        }
        // An empty ring may begin anywhere: at our row.
        managerView.putInt(layout.nextJob(), row * CAPACITY * layout.jobOctets());
        int done = (int) library.submitBurst().call(manager, count, address(pointers(row)));
        while (done < count) {
            // Into an array of its own: that of the row must keep pointing at its jobs, in order.
            int more = (int) library.flushBurst().call(manager, count - done, address(flushPointers));
            if (more <= 0) {
                renew();
                return false;
            }
            done += more;
        }
        return true;
    }

    /** Makes the manager as new. The library clears its ring with it, whose jobs must be filled in again. */
    void renew() {
        library.initialise(manager, managerView);
        for (JobSlots slots : rows) {
            slots.forget();
        }
    }

    /** Runs the cipher half of jobs; {@return whether all of them are done}. */
    boolean cipher(JobSlots jobs, int count, int cipher, int direction, int keyOctets) {
        return (int) library.cipherBurst().call(manager, jobs.address(0), count, cipher, direction, keyOctets) == count;
    }

    /** Runs the hash half of jobs; {@return whether all of them are done}. */
    boolean hash(JobSlots jobs, int count, int hash) {
        return (int) library.hashBurst().call(manager, jobs.address(0), count, hash) == count;
    }

    /** {@return the error of the last call, 0 if there was none} */
    int error() {
        return managerView.getInt(Layout.ERRNO);
    }

    /** Zeroises and frees the block. */
    void free() {
        heap.release(manager, octets);
    }
}
