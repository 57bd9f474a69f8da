package io.sagebench.workload;

import io.sagebench.request.Check;
import java.util.OptionalLong;

/// A recorded load: when each request came and how long it was; perhaps also of which blocks its prompt was made, and in which session it came. Held in
/// columns: 16 bytes a request, 12 more and 8 for each block where there are any.
public final class Trace {
    private static final long[] NONE = {};
    private static final int[] NO_ENDS = {};

    private final String name;
    private final long[] atNanos;
    private final int[] promptTokens;
    private final int[] outputTokens;
    private final int blockTokens;
    private final int[] blockEnds;
    private final long[] blockIds;
    private final long[] sessions;

    /// @param name         what it is called in reports
    /// @param atNanos      arrival times from the start of the trace, not decreasing
    /// @param promptTokens prompt length of each, at least 1
    /// @param outputTokens output length of each, at least 1
    public Trace(String name, long[] atNanos, int[] promptTokens, int[] outputTokens) {
        this(name, atNanos.clone(), promptTokens.clone(), outputTokens.clone(), 1, NO_ENDS, NONE, NONE);
        if (atNanos.length != promptTokens.length || atNanos.length != outputTokens.length) {
            throw new IllegalArgumentException("the columns of a trace must have the same length");
        }
        for (int i = 0; i < atNanos.length; i++) {
            Check.atLeast(i == 0 ? 0 : atNanos[i - 1], atNanos[i], "time of trace request " + i);
            Check.atLeast(1, promptTokens[i], "prompt length of trace request " + i);
            Check.atLeast(1, outputTokens[i], "output length of trace request " + i);
        }
    }

    private Trace(
            String name,
            long[] atNanos,
            int[] promptTokens,
            int[] outputTokens,
            int blockTokens,
            int[] blockEnds,
            long[] blockIds,
            long[] sessions) {
        this.name = name;
        this.atNanos = atNanos;
        this.promptTokens = promptTokens;
        this.outputTokens = outputTokens;
        this.blockTokens = blockTokens;
        this.blockEnds = blockEnds;
        this.blockIds = blockIds;
        this.sessions = sessions;
    }

    /// The same with prompts made of blocks: where two prompts have the same id at the same place, they say the same.
    ///
    /// @param tokens how long a block is, at least 1; the last of a prompt may be cut
    /// @param ends   for each request, where its ids end and those of the next begin
    /// @param ids    of all requests, one after the other
    public Trace withBlocks(int tokens, int[] ends, long[] ids) {
        Check.atLeast(1, tokens, "tokens of a block");
        if (ends.length != size() || (size() > 0 && ends[size() - 1] != ids.length)) {
            throw new IllegalArgumentException("the blocks must belong to the requests of the trace");
        }
        return new Trace(name, atNanos, promptTokens, outputTokens, tokens, ends.clone(), ids.clone(), sessions);
    }

    /// The same with a session for each request, below 0 for none.
    public Trace withSessions(long[] ids) {
        if (ids.length != size()) {
            throw new IllegalArgumentException("the sessions must belong to the requests of the trace");
        }
        return new Trace(name, atNanos, promptTokens, outputTokens, blockTokens, blockEnds, blockIds, ids.clone());
    }

    /// What it is called in reports.
    public String name() {
        return name;
    }

    /// How many requests it has.
    public int size() {
        return atNanos.length;
    }

    /// When request `index` came, from the start of the trace.
    public long atNanos(int index) {
        return atNanos[index];
    }

    /// Prompt length of request `index`.
    public int promptTokens(int index) {
        return promptTokens[index];
    }

    /// Output length of request `index`.
    public int outputTokens(int index) {
        return outputTokens[index];
    }

    /// How long a block is.
    public int blockTokens() {
        return blockTokens;
    }

    /// Whether it says of which blocks prompts are made.
    public boolean hasBlocks() {
        return blockIds.length > 0;
    }

    /// Of how many blocks the prompt of request `index` is made; 0 when that is not known.
    public int blocks(int index) {
        return blockEnds.length == 0 ? 0 : blockEnds[index] - firstBlock(index);
    }

    /// The id of a block of request `index`.
    ///
    /// @param place from 0
    public long block(int index, int place) {
        return blockIds[firstBlock(index) + place];
    }

    private int firstBlock(int index) {
        return index == 0 ? 0 : blockEnds[index - 1];
    }

    /// The session in which request `index` came, when that is known.
    public OptionalLong session(int index) {
        return sessions.length == 0 || sessions[index] < 0 ? OptionalLong.empty() : OptionalLong.of(sessions[index]);
    }
}
