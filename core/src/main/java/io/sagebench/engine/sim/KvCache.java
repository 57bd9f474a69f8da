package io.sagebench.engine.sim;

import io.sagebench.engine.BlockIndex;
import java.util.Arrays;
import java.util.List;

/// The paged KV cache of an engine, block by block, by the rules of vLLM's block pool: full blocks are known by the hash of their content and
/// of all before it, and shared by sequences that begin alike; blocks that nobody holds wait in a queue, stay findable there, and are taken
/// from its front. A sequence gives its blocks back in reverse order, so that the end of its content is evicted first.
final class KvCache {
    private static final int NONE = BlockIndex.NONE;

    private final int blockSize;
    private final int blocks;
    private final boolean caching;
    private final BlockIndex index = new BlockIndex();
    private int[] holders = new int[64];
    private long[] hashes = new long[64];
    // The queue of free blocks that were used before, as a doubly linked list; those never used come first and need no link.
    private int[] next = new int[64];
    private int[] previous = new int[64];
    private int first = NONE;
    private int last = NONE;
    private int fresh;
    private int free;

    KvCache(int blocks, int blockSize, boolean caching) {
        this.blocks = blocks;
        this.blockSize = blockSize;
        this.caching = caching;
        this.free = blocks;
    }

    /// How many blocks of a waiting sequence's content are there already: the longest chain from the beginning, but never all tokens, since the
    /// last one must be computed to sample the next.
    int cachedBlocks(Sequence sequence) {
        if (!caching) {
            return 0;
        }
        int most = (sequence.length() - 1) / blockSize;
        int found = 0;
        while (found < most && index.find(sequence.blockHash(found, blockSize)) != NONE) {
            found++;
        }
        return found;
    }

    /// Whether a waiting sequence could hold `tokens` tokens, of which it finds `cached` blocks here.
    boolean fits(Sequence sequence, int cached, int tokens) {
        int missing = blocksFor(tokens) - cached;
        for (int i = 0; i < cached; i++) {
            if (holders[index.find(sequence.blockHash(i, blockSize))] == 0) {
                missing++; // taking it leaves one free block less
            }
        }
        return missing <= free;
    }

    /// Has a sequence that holds nothing hold the first `cached` blocks of its content, which are here.
    void adopt(Sequence sequence, int cached) {
        for (int i = 0; i < cached; i++) {
            int block = index.find(sequence.blockHash(i, blockSize));
            if (holders[block]++ == 0) {
                unlink(block);
                free--;
            }
            sequence.addBlock(block);
        }
        sequence.committedBlocks = cached;
    }

    /// Gives `sequence` the blocks it needs to hold `tokens` tokens in all.
    ///
    /// @return whether there were enough; if not, nothing changed
    boolean reserve(Sequence sequence, int tokens) {
        int more = blocksFor(tokens) - sequence.blockCount;
        if (more > free) {
            return false;
        }
        for (int i = 0; i < more; i++) {
            sequence.addBlock(take());
        }
        return true;
    }

    /// Makes the full blocks among the first `tokens` tokens of a sequence findable. Where nobody else could look for them this waits until
    /// the sequence itself will, which is when it is preempted.
    void commit(Sequence sequence, int tokens) {
        if (caching && sequence.job.content().isShared()) {
            commitNow(sequence, tokens);
        }
    }

    private void commitNow(Sequence sequence, int tokens) {
        int full = tokens / blockSize;
        for (int i = sequence.committedBlocks; i < full; i++) {
            int block = sequence.block(i);
            long hash = sequence.blockHash(i, blockSize);
            hashes[block] = hash;
            index.put(hash, block);
        }
        sequence.committedBlocks = Math.max(sequence.committedBlocks, full);
    }

    /// Takes back all that `sequence` holds, which will look for it again.
    ///
    /// @param tokens of its content that it had
    void preempt(Sequence sequence, int tokens) {
        if (caching) {
            commitNow(sequence, tokens);
        }
        release(sequence);
    }

    /// Takes back all that `sequence` holds.
    void release(Sequence sequence) {
        for (int i = sequence.blockCount - 1; i >= 0; i--) {
            int block = sequence.block(i);
            if (--holders[block] == 0) {
                append(block);
                free++;
            }
        }
        sequence.blockCount = 0;
        sequence.committedBlocks = 0;
    }

    /// Forgets all content that nobody holds.
    void forget() {
        index.clear();
        Arrays.fill(hashes, 0);
    }

    /// How many steps, up to `wanted`, all of `running` can take one after another, one token each, without a block being missing. The first
    /// has its blocks already.
    long stepsWithRoom(List<Sequence> running, long wanted) {
        long cycles = (wanted + blockSize - 1) / blockSize;
        if (cycles * running.size() <= free) {
            return wanted;
        }
        int[] crossing = new int[blockSize]; // at which step of each cycle how many sequences begin a new block
        for (Sequence sequence : running) {
            crossing[Math.floorMod(-sequence.computed, blockSize)]++;
        }
        long left = free;
        for (long step = 1; step < wanted; step++) {
            left -= crossing[(int) (step % blockSize)];
            if (left < 0) {
                return step;
            }
        }
        return wanted;
    }

    int usedBlocks() {
        return blocks - free;
    }

    private int take() {
        free--;
        if (fresh < blocks) {
            if (fresh == holders.length) {
                int room = Math.min(blocks, fresh * 2);
                holders = Arrays.copyOf(holders, room);
                hashes = Arrays.copyOf(hashes, room);
                next = Arrays.copyOf(next, room);
                previous = Arrays.copyOf(previous, room);
            }
            holders[fresh] = 1;
            return fresh++;
        }
        int block = first;
        unlink(block);
        if (hashes[block] != 0) {
            index.remove(hashes[block], block);
            hashes[block] = 0;
        }
        holders[block] = 1;
        return block;
    }

    private void append(int block) {
        previous[block] = last;
        next[block] = NONE;
        if (last == NONE) {
            first = block;
        } else {
            next[last] = block;
        }
        last = block;
    }

    private void unlink(int block) {
        if (previous[block] == NONE) {
            first = next[block];
        } else {
            next[previous[block]] = next[block];
        }
        if (next[block] == NONE) {
            last = previous[block];
        } else {
            previous[next[block]] = previous[block];
        }
    }

    private int blocksFor(int tokens) {
        return (tokens + blockSize - 1) / blockSize;
    }
}
