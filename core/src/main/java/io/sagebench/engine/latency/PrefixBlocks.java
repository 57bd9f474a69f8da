package io.sagebench.engine.latency;

import io.sagebench.engine.EngineJob;
import io.sagebench.random.Mix;
import io.sagebench.request.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The KV cache of prompts, in blocks that prompts with a common beginning share. What no running request uses stays until its room is needed, the
/// longest unused first.
final class PrefixBlocks {
    private final int capacity;
    private final int blockSize;
    /// Users of each block; those without any in the order in which they lost the last one.
    private final Map<Long, Integer> users = new LinkedHashMap<>();
    private int used;
    private int generation;

    PrefixBlocks(int capacity, int blockSize) {
        this.capacity = Check.atLeast(1, capacity, "kv-cache-size");
        this.blockSize = Check.atLeast(1, blockSize, "block-size");
    }

    /// What one request holds of the cache.
    ///
    /// @param cachedTokens tokens of its prompt that were there before
    /// @param generation   how often the cache had been cleared before
    record Held(List<Long> blocks, int cachedTokens, int generation) {
        static final Held NOTHING = new Held(List.of(), 0, 0);
    }

    /// Takes the full blocks of a prompt, as far as there is room.
    Held take(EngineJob job) {
        var taken = new ArrayList<Long>();
        int cached = 0;
        boolean hitting = true;
        long chain = 0;
        for (int from = 0; from + blockSize <= job.promptTokens(); from += blockSize) {
            chain = Mix.of(chain, job.content().digest(from, from + blockSize));
            Integer before = users.get(chain);
            hitting &= before != null;
            cached += hitting ? blockSize : 0;
            if (before == null && users.size() >= capacity && !evictOne()) {
                break;
            }
            users.remove(chain);
            users.put(chain, before == null ? 1 : before + 1);
            used += before == null || before == 0 ? 1 : 0;
            taken.add(chain);
        }
        return new Held(taken, cached, generation);
    }

    /// Gives them back; they stay cached, unless everything was forgotten meanwhile. The end of the prompt goes first when room is needed.
    void release(Held held) {
        if (held.generation() != generation) {
            return; // a block of that name is now another one, with other users
        }
        for (Long block : held.blocks().reversed()) {
            Integer before = users.remove(block);
            if (before != null) {
                users.put(block, before - 1);
                used -= before == 1 ? 1 : 0;
            }
        }
    }

    /// Forgets everything. What is held then is not missed when it is released.
    void clear() {
        users.clear();
        used = 0;
        generation++;
    }

    /// The share of blocks that running requests hold.
    double usage() {
        return (double) used / capacity;
    }

    private boolean evictOne() {
        var oldest = users.entrySet().iterator();
        while (oldest.hasNext()) {
            if (oldest.next().getValue() == 0) {
                oldest.remove();
                return true;
            }
        }
        return false;
    }
}
