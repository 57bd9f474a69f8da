package io.sagebench.live.files;

import io.sagebench.workload.Trace;
import java.util.Arrays;

/// The columns of a trace while they grow.
final class TraceColumns {
    private long[] atNanos = new long[1024];
    private int[] promptTokens = new int[1024];
    private int[] outputTokens = new int[1024];
    private int[] blockEnds = new int[1024];
    private long[] sessions = new long[1024];
    private long[] blocks = new long[1024];
    private int blockCount;
    private boolean hasSessions;
    private int size;

    /// @param blocks  ids of the blocks of the prompt; none when not known
    /// @param session below 0 for none
    void add(long at, int prompt, int output, long[] blocks, long session) {
        if (size == atNanos.length) {
            atNanos = Arrays.copyOf(atNanos, size * 2);
            promptTokens = Arrays.copyOf(promptTokens, size * 2);
            outputTokens = Arrays.copyOf(outputTokens, size * 2);
            blockEnds = Arrays.copyOf(blockEnds, size * 2);
            sessions = Arrays.copyOf(sessions, size * 2);
        }
        if (this.blocks.length - blockCount < blocks.length) {
            this.blocks = Arrays.copyOf(this.blocks, Math.max(this.blocks.length * 2, blockCount + blocks.length));
        }
        System.arraycopy(blocks, 0, this.blocks, blockCount, blocks.length);
        blockCount += blocks.length;
        atNanos[size] = at;
        promptTokens[size] = prompt;
        outputTokens[size] = output;
        blockEnds[size] = blockCount;
        sessions[size] = session;
        hasSessions |= session >= 0;
        size++;
    }

    int size() {
        return size;
    }

    Trace toTrace(String name, int blockTokens) {
        var trace = new Trace(
                name,
                Arrays.copyOf(atNanos, size),
                Arrays.copyOf(promptTokens, size),
                Arrays.copyOf(outputTokens, size));
        if (blockCount > 0) {
            trace = trace.withBlocks(blockTokens, Arrays.copyOf(blockEnds, size), Arrays.copyOf(blocks, blockCount));
        }
        return hasSessions ? trace.withSessions(Arrays.copyOf(sessions, size)) : trace;
    }
}
