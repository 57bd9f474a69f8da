package io.sagebench.live.files;

import io.sagebench.workload.Trace;
import java.util.Arrays;

/// The columns of a trace while they grow.
final class TraceColumns {
    private long[] atNanos = new long[1024];
    private int[] promptTokens = new int[1024];
    private int[] outputTokens = new int[1024];
    private int size;

    void add(long at, int prompt, int output) {
        if (size == atNanos.length) {
            atNanos = Arrays.copyOf(atNanos, size * 2);
            promptTokens = Arrays.copyOf(promptTokens, size * 2);
            outputTokens = Arrays.copyOf(outputTokens, size * 2);
        }
        atNanos[size] = at;
        promptTokens[size] = prompt;
        outputTokens[size] = output;
        size++;
    }

    int size() {
        return size;
    }

    /// The time of the last one, or 0 while there is none.
    long lastNanos() {
        return size == 0 ? 0 : atNanos[size - 1];
    }

    Trace toTrace(String name) {
        return new Trace(
                name,
                Arrays.copyOf(atNanos, size),
                Arrays.copyOf(promptTokens, size),
                Arrays.copyOf(outputTokens, size));
    }
}
