package io.sagebench.engine;

import java.util.Arrays;

/// Finds the block that holds a content, or what is known of it, by the content's hash: an open-addressing table without boxed values. A hash
/// of 0 is not for it.
public final class BlockIndex {
    /// No block.
    public static final int NONE = -1;

    private long[] hashes = new long[64];
    private int[] blocks = new int[64];
    private int size;

    /// The block of that hash, or [#NONE].
    public int find(long hash) {
        int slot = slotOf(hash);
        return hashes[slot] == 0 ? NONE : blocks[slot];
    }

    /// Puts a block in, instead of another one of the same hash.
    public void put(long hash, int block) {
        int slot = slotOf(hash);
        if (hashes[slot] == 0) {
            if (2 * (size + 1) > hashes.length) {
                grow();
                slot = slotOf(hash);
            }
            hashes[slot] = hash;
            size++;
        }
        blocks[slot] = block;
    }

    /// Takes a hash out if it leads to `block`.
    public void remove(long hash, int block) {
        int hole = slotOf(hash);
        if (hashes[hole] == 0 || blocks[hole] != block) {
            return;
        }
        size--;
        int mask = hashes.length - 1;
        for (int slot = (hole + 1) & mask; hashes[slot] != 0; slot = (slot + 1) & mask) {
            int home = home(hashes[slot]);
            if (((slot - home) & mask) >= ((slot - hole) & mask)) { // it may move up into the hole
                hashes[hole] = hashes[slot];
                blocks[hole] = blocks[slot];
                hole = slot;
            }
        }
        hashes[hole] = 0;
    }

    /// Takes everything out.
    public void clear() {
        Arrays.fill(hashes, 0);
        size = 0;
    }

    private int slotOf(long hash) {
        int mask = hashes.length - 1;
        int slot = home(hash);
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long hash) {
        return (int) hash & (hashes.length - 1); // hashes are well mixed
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldBlocks = blocks;
        hashes = new long[oldHashes.length * 2];
        blocks = new int[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slotOf(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                blocks[slot] = oldBlocks[i];
            }
        }
    }
}
