package io.sagebench.policy.routing;

import io.sagebench.engine.BlockIndex;
import io.sagebench.engine.EngineId;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.random.Mix;
import io.sagebench.request.Check;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// What each engine probably has in its prefix cache, guessed from the prompts that were sent to it. Prompts are cut into blocks, each known by
/// the hash of its tokens and of all before it. Of each engine as many blocks are remembered as its cache holds, those used last.
///
/// One table leads from a block to all engines that have it, as bits. So one walk along the prompt says of every engine how much it has:
/// O(blocks + engines), whatever the number of requests. The last blocks of a prompt are forgotten before its first, as engines do it.
public final class PrefixIndex {
    /// Tokens of a block: two of vLLM's by default. Finer blocks double the cost of a decision about a long prompt, and know at most 16 tokens more of it.
    public static final int BLOCK_TOKENS = 32;

    /// Blocks of a prompt that are looked at. They are as many tokens as the endpoint picker of the Kubernetes inference gateway looks at, and so are
    /// those remembered of an engine that does not say how much it holds.
    public static final int MOST_BLOCKS = 128;

    private static final int UNKNOWN_CAPACITY = 15_625;

    private final int blockTokens;
    private final long[] chain;
    private int blocks;

    /// Engines by number; the number of one that vanished is given to another.
    private final Map<EngineId, Holder> holders = new LinkedHashMap<>();
    private final TreeSet<Integer> vacant = new TreeSet<>();
    private int numbers;

    /// Leads from the hash of a block to its place.
    private final BlockIndex places = new BlockIndex();
    /// For each place `words` words of bits: who has the block.
    private long[] masks = new long[1_024];
    private int words = 1;
    private int used;
    private int[] free = new int[64];
    private int freeCount;

    /// For each number, how many blocks of the prompt looked at last that engine has.
    private int[] matched = new int[64];
    private long[] alive = new long[1];

    private record Holder(int number, BlockLru blocks) {}

    /// @param blockTokens tokens of a block, at least 1
    public PrefixIndex(int blockTokens) {
        Check.atLeast(1, blockTokens, "blockTokens");
        this.blockTokens = blockTokens;
        this.chain = new long[MOST_BLOCKS];
    }

    /// Looks at the prompt of a request, and finds out how much of it each engine has.
    void look(Waiting request) {
        blocks = 0;
        if (!request.type().isGeneration() || !request.ask().content().isShared()) {
            return;
        }
        blocks = Math.min(chain.length, request.promptTokens() / blockTokens);
        var content = request.ask().content();
        long hash = Mix.of(request.model());
        for (int i = 0; i < blocks; i++) {
            hash = Mix.of(hash, content.digest(i * blockTokens, (i + 1) * blockTokens));
            chain[i] = hash == 0 ? 1 : hash;
        }
        match();
    }

    /// Forgets engines that were removed, once it remembers more of them than are in service. One that is only out of service keeps what it has.
    void forgetRemoved(PoolView pool) {
        if (holders.size() > pool.engines().size()) {
            holders.keySet().stream().filter(engine -> !pool.knows(engine)).toList().forEach(this::forget);
        }
    }

    int blockTokens() {
        return blockTokens;
    }

    /// Full blocks of the prompt looked at; 0 when it cannot be shared.
    int blocks() {
        return blocks;
    }

    /// How many blocks of the prompt looked at that engine has, without a gap from the beginning.
    int matchedBlocks(EngineView engine) {
        if (blocks == 0) {
            return 0;
        }
        Holder holder = holders.get(engine.description().id());
        return holder == null ? 0 : matched[holder.number()];
    }

    /// The prompt looked at goes to that engine, which will have all of it.
    void record(EngineView engine) {
        if (blocks == 0) {
            return;
        }
        EngineId id = engine.description().id();
        Holder holder = holders.get(id);
        if (holder == null) {
            holder = new Holder(newNumber(), new BlockLru(capacityOf(engine)));
            holders.put(id, holder);
        }
        for (int i = blocks - 1; i >= 0; i--) {
            long evicted = holder.blocks().use(chain[i]);
            if (evicted != BlockLru.NONE) {
                clear(evicted, holder.number());
            }
            set(chain[i], holder.number());
        }
    }

    /// Blocks remembered of all engines together, each counted once.
    int size() {
        return used - freeCount;
    }

    /// How many engines anything is remembered of.
    int engines() {
        return holders.size();
    }

    private int capacityOf(EngineView engine) {
        long tokens = engine.description().kvTokens().orElse((long) UNKNOWN_CAPACITY * blockTokens);
        return Math.clamp(tokens / blockTokens, 1, Integer.MAX_VALUE);
    }

    private void match() {
        Arrays.fill(matched, 0, numbers, 0);
        Arrays.fill(alive, -1);
        int depth = 0;
        for (boolean any = true; any && depth < blocks; depth++) {
            int place = places.find(chain[depth]);
            if (place == BlockIndex.NONE) {
                break;
            }
            any = false;
            for (int word = 0; word < words; word++) {
                long having = alive[word] & masks[place * words + word];
                note(word, alive[word] & ~having, depth);
                alive[word] = having;
                any |= having != 0;
            }
        }
        for (int word = 0; word < words; word++) {
            note(word, alive[word], depth);
        }
    }

    private void note(int word, long bits, int depth) {
        for (long left = bits; left != 0; left &= left - 1) {
            matched[word * Long.SIZE + Long.numberOfTrailingZeros(left)] = depth;
        }
    }

    private void set(long hash, int number) {
        int place = places.find(hash);
        if (place == BlockIndex.NONE) {
            place = newPlace();
            places.put(hash, place);
        }
        masks[place * words + number / Long.SIZE] |= 1L << number;
    }

    private void clear(long hash, int number) {
        int place = places.find(hash);
        masks[place * words + number / Long.SIZE] &= ~(1L << number);
        for (int word = 0; word < words; word++) {
            if (masks[place * words + word] != 0) {
                return;
            }
        }
        places.remove(hash, place);
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = place;
    }

    private int newPlace() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (used * words == masks.length) {
            masks = Arrays.copyOf(masks, 2 * masks.length);
        }
        return used++;
    }

    private int newNumber() {
        Integer smallest = vacant.pollFirst();
        if (smallest != null) {
            return smallest;
        }
        if (numbers == words * Long.SIZE) {
            widen();
        }
        return numbers++;
    }

    /// Makes room for 64 more engines.
    private void widen() {
        var wider = new long[masks.length / words * (words + 1)];
        for (int place = 0; place < used; place++) {
            System.arraycopy(masks, place * words, wider, place * (words + 1), words);
        }
        masks = wider;
        words++;
        alive = new long[words];
        matched = Arrays.copyOf(matched, words * Long.SIZE);
    }

    private void forget(EngineId id) {
        Holder gone = holders.remove(id);
        if (gone == null) {
            return;
        }
        for (int i = 0; i < gone.blocks().size(); i++) {
            clear(gone.blocks().hash(i), gone.number());
        }
        vacant.add(gone.number());
        matched[gone.number()] = 0;
    }
}
