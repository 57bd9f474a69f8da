package io.sagebench.engine.sim;

import static java.util.Objects.requireNonNull;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.PromptContent;
import io.sagebench.random.Mix;
import io.sagebench.time.TickLog;
import io.sagebench.time.TickPage;
import io.sagebench.time.TickSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One job inside the engine. It wants to catch up: its computed tokens with its prompt and the tokens it has generated.
final class Sequence {
    /// Where a sequence is.
    enum State {
        ARRIVING,
        WAITING,
        RUNNING,
        ENDED
    }

    private static final int[] NO_BLOCKS = {};
    private static final long[] NO_HASHES = {};
    static final long NEVER = -1;

    final EngineJob job;
    final EngineEvents events;
    /// Its place in the order of arrival.
    final long number;
    /// Its place in the waiting line where that goes by arrivals.
    long place;
    final boolean wantsEachToken;
    State state = State.ARRIVING;
    /// Whether its owner wants to hear no more of it.
    boolean cancelled;
    /// Tokens whose keys and values are in the cache.
    int computed;
    /// Output tokens sampled so far.
    int generated;
    /// Tokens it computes in the step under way; 0 when it is not part of it.
    int scheduled;
    /// Output tokens its owner was told of.
    int told;
    /// The tick at which its last unbroken row of tokens, one at each tick, began; [#NEVER] outside of one.
    long rowBegan = NEVER;
    private @Nullable TickPage rowPage;
    /// Where it is among those that were told of tokens and have not ended; -1 when it is not.
    int talkingAt = -1;
    private final List<TickSpan> rows = new ArrayList<>(1);

    long queuedAtNanos = NEVER;
    long admittedAtNanos = NEVER;
    long firstTokenAtNanos = NEVER;
    long lastTokenAtNanos = NEVER;
    int cachedPromptTokens;

    // Its place in the KV cache, kept by it:
    int blockCount;
    int committedBlocks;
    private int[] blocks = NO_BLOCKS;
    private long[] hashes = NO_HASHES;
    private int hashCount;

    Sequence(EngineJob job, EngineEvents events, long number) {
        this.job = job;
        this.events = events;
        this.number = number;
        this.wantsEachToken = events.wantsEachToken();
    }

    /// All its tokens so far.
    int length() {
        return job.promptTokens() + generated;
    }

    /// Tokens it still has to compute before it can sample the next one.
    int behind() {
        return length() - computed;
    }

    /// Whether it only has its last token to compute.
    boolean isDecoding() {
        return computed >= job.promptTokens() && behind() == 1;
    }

    /// Output tokens it has yet to sample.
    int tokensLeft() {
        return job.maxOutputTokens() - generated;
    }

    boolean isComplete() {
        return generated >= job.maxOutputTokens();
    }

    int block(int index) {
        return blocks[index];
    }

    void addBlock(int block) {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(16, blockCount * 2));
        }
        blocks[blockCount++] = block;
    }

    /// The hash of its content up to the end of block `index`, never 0. What it generated itself no other sequence shares.
    long blockHash(int index, int blockSize) {
        if (index >= hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(index + 1, hashes.length * 2));
        }
        while (hashCount <= index) {
            long before = hashCount == 0 ? 0 : hashes[hashCount - 1];
            long hash = Mix.of(before, digest(hashCount * blockSize, (hashCount + 1) * blockSize));
            hashes[hashCount++] = hash == 0 ? 1 : hash;
        }
        return hashes[index];
    }

    private long digest(int from, int to) {
        int prompt = job.promptTokens();
        if (to <= prompt) {
            return job.content().digest(from, to);
        }
        long own = PromptContent.unique(Mix.of(job.id().value()) + number).digest(from, to);
        return from >= prompt ? own : Mix.of(job.content().digest(from, prompt), own);
    }

    /// A row of tokens begins with the last tick of the log.
    void beginRow(TickLog log) {
        rowBegan = log.size() - 1;
        rowPage = log.lastPage();
    }

    /// Its row of tokens has ended before tick `end`.
    void endRow(long end, long delayNanos) {
        rows.add(openRow(end, delayNanos));
        rowBegan = NEVER;
        rowPage = null;
    }

    private TickSpan openRow(long end, long delayNanos) {
        return new TickSpan(requireNonNull(rowPage), rowBegan, end, delayNanos);
    }

    /// Output tokens in its rows before tick `end`.
    int tokensBefore(long end) {
        long tokens = rowBegan == NEVER ? 0 : Math.max(0, end - rowBegan);
        for (int i = 0; i < rows.size(); i++) {
            TickSpan row = rows.get(i);
            tokens += Math.max(0, Math.min(end, row.to()) - row.from());
        }
        return (int) tokens;
    }

    /// The rows of its tokens before tick `end`.
    List<TickSpan> rowsBefore(long end, long delayNanos) {
        var before = new ArrayList<TickSpan>(rows.size() + 1);
        for (TickSpan row : rows) {
            if (row.from() < end) {
                before.add(row.to() <= end ? row : new TickSpan(row.page(), row.from(), end, delayNanos));
            }
        }
        if (rowBegan != NEVER && rowBegan < end) {
            before.add(openRow(end, delayNanos));
        }
        return before;
    }
}
