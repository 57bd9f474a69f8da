package io.sagebench.engine.sim;

/// The KV cache of an engine, counted in blocks. First version: no block is shared between sequences.
final class KvCache {
    private final int blockSize;
    private final int blocks;
    private int free;

    KvCache(int blocks, int blockSize) {
        this.blocks = blocks;
        this.blockSize = blockSize;
        this.free = blocks;
    }

    /// Gives `sequence` the blocks it needs to hold `tokens` tokens in all.
    ///
    /// @return whether there were enough; if not, nothing changed
    boolean reserve(Sequence sequence, int tokens) {
        int more = blocksFor(tokens) - sequence.blocks;
        if (more > free) {
            return false;
        }
        if (more > 0) {
            free -= more;
            sequence.blocks += more;
        }
        return true;
    }

    /// Whether a sequence that holds nothing could get all it needs for `tokens` tokens.
    boolean hasRoomFor(int tokens) {
        return blocksFor(tokens) <= free;
    }

    /// Takes back all that `sequence` holds.
    void release(Sequence sequence) {
        free += sequence.blocks;
        sequence.blocks = 0;
    }

    int usedBlocks() {
        return blocks - free;
    }

    private int blocksFor(int tokens) {
        return (tokens + blockSize - 1) / blockSize;
    }
}
