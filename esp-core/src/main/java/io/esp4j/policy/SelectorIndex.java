package io.esp4j.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Ordered selectors, of which the first that matches is found: blocks of 64 of them, and groups of 64 blocks. A group
 * knows by the addresses alone which of its blocks can hold a match.
 *
 * <p>Threads: immutable.
 */
final class SelectorIndex {
    /** What a search returns when no selector matches. */
    static final int NONE = -1;

    private static final int PER_BLOCK = SelectorBlock.CAPACITY;

    private final SelectorBlock[] blocks;
    private final AddressPair[] groups;

    /** For each block the selectors that count in that direction. */
    private final long[] outbound;

    private final long[] inbound;

    SelectorIndex(List<Selector> selectors, long[] outbound, long[] inbound) {
        this.outbound = outbound.clone();
        this.inbound = inbound.clone();
        blocks = new SelectorBlock[words(selectors.size())];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new SelectorBlock(part(selectors, i));
        }
        groups = new AddressPair[words(blocks.length)];
        for (int i = 0; i < groups.length; i++) {
            List<AddressSet> sources = new ArrayList<>();
            List<AddressSet> destinations = new ArrayList<>();
            for (int block = i * PER_BLOCK; block < Math.min((i + 1) * PER_BLOCK, blocks.length); block++) {
                List<Selector> its = part(selectors, block);
                sources.add(
                        AddressSet.union(its.stream().map(Selector::sourceSet).toList()));
                destinations.add(AddressSet.union(
                        its.stream().map(Selector::destinationSet).toList()));
            }
            groups[i] = new AddressPair(sources, destinations);
        }
    }

    /** How many words of 64 bits a bit for each of so many things takes. */
    static int words(int things) {
        return (things + PER_BLOCK - 1) / PER_BLOCK;
    }

    /** The number of the first selector that counts in the direction and matches, or NONE. */
    int first(Flow flow, Direction direction) {
        boolean reversed = direction == Direction.INBOUND;
        long[] applying = reversed ? inbound : outbound;
        for (int group = 0; group < groups.length; group++) {
            long candidates = blocks.length == 1 ? 1 : groups[group].holding(flow, reversed);
            for (; candidates != 0; candidates &= candidates - 1) {
                int block = group * PER_BLOCK + Long.numberOfTrailingZeros(candidates);
                long matching = blocks[block].matching(flow, applying[block], reversed);
                if (matching != 0) {
                    return block * PER_BLOCK + Long.numberOfTrailingZeros(matching);
                }
            }
        }
        return NONE;
    }

    private static List<Selector> part(List<Selector> selectors, int block) {
        return selectors.subList(block * PER_BLOCK, Math.min((block + 1) * PER_BLOCK, selectors.size()));
    }
}
