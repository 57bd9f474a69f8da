package io.sagebench.live.files;

import io.sagebench.random.Mix;
import java.util.Arrays;

/// The ids seen so far and their lines, 24 bytes each; told apart by hashes of 64 bits.
final class SeenIds {
    private long[] hashes = new long[256];
    private int[] lines = new int[256];
    private int size;

    /// Notes an id.
    ///
    /// @return the line where it stood before, or 0
    int put(String id, int line) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        int slot = slot(hashOf(id));
        if (lines[slot] != 0) {
            return lines[slot];
        }
        hashes[slot] = hashOf(id);
        lines[slot] = line;
        size++;
        return 0;
    }

    private static long hashOf(String id) {
        return Mix.of(id);
    }

    private int slot(long hash) {
        int slot = (int) (hash & (hashes.length - 1));
        while (lines[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldLines = lines;
        hashes = new long[oldHashes.length * 2];
        lines = new int[oldLines.length * 2];
        Arrays.fill(lines, 0);
        for (int i = 0; i < oldLines.length; i++) {
            if (oldLines[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                lines[slot] = oldLines[i];
            }
        }
    }
}
