package io.sagebench.policy.routing;

import io.sagebench.engine.BlockIndex;
import java.util.Arrays;

/// Hashes of blocks of tokens, as many as one engine can hold; the one used longest ago gives way to a new one.
final class BlockLru {
    /// No block.
    static final long NONE = 0;

    private static final int END = -1;

    private final int capacity;
    private final BlockIndex places = new BlockIndex();
    private long[] hashes = new long[64];
    // A doubly linked list through the places, the one used last first:
    private int[] next = new int[64];
    private int[] previous = new int[64];
    private int first = END;
    private int last = END;
    private int size;

    /// @param capacity at least 1
    BlockLru(int capacity) {
        this.capacity = capacity;
    }

    /// Notes that a block was used.
    ///
    /// @return the block that gave way to it, or [#NONE]
    long use(long hash) {
        int place = places.find(hash);
        if (place == first && place != END) {
            return NONE;
        }
        long evicted = NONE;
        if (place != BlockIndex.NONE) {
            unlink(place);
        } else if (size < capacity) {
            place = size++;
            if (place == hashes.length) {
                int larger = 2 * place;
                hashes = Arrays.copyOf(hashes, larger);
                next = Arrays.copyOf(next, larger);
                previous = Arrays.copyOf(previous, larger);
            }
        } else {
            place = last;
            evicted = hashes[place];
            unlink(place);
            places.remove(evicted, place);
        }
        if (hashes[place] != hash) {
            hashes[place] = hash;
            places.put(hash, place);
        }
        linkFirst(place);
        return evicted;
    }

    /// How many blocks it holds.
    int size() {
        return size;
    }

    /// The block at a place.
    ///
    /// @param place from 0 to before [#size]
    long hash(int place) {
        return hashes[place];
    }

    private void unlink(int place) {
        if (previous[place] == END) {
            first = next[place];
        } else {
            next[previous[place]] = next[place];
        }
        if (next[place] == END) {
            last = previous[place];
        } else {
            previous[next[place]] = previous[place];
        }
    }

    private void linkFirst(int place) {
        previous[place] = END;
        next[place] = first;
        if (first == END) {
            last = place;
        } else {
            previous[first] = place;
        }
        first = place;
    }
}
