package io.sagebench.workload;

import io.sagebench.request.Check;

/// A recorded load: when each request came and how long it was. Held in columns, about 16 bytes a request.
public final class Trace {
    private final String name;
    private final long[] atNanos;
    private final int[] promptTokens;
    private final int[] outputTokens;

    /// @param name         what it is called in reports
    /// @param atNanos      arrival times from the start of the trace, not decreasing
    /// @param promptTokens prompt length of each, at least 1
    /// @param outputTokens output length of each, at least 1
    public Trace(String name, long[] atNanos, int[] promptTokens, int[] outputTokens) {
        if (atNanos.length != promptTokens.length || atNanos.length != outputTokens.length) {
            throw new IllegalArgumentException("the columns of a trace must have the same length");
        }
        for (int i = 0; i < atNanos.length; i++) {
            Check.atLeast(i == 0 ? 0 : atNanos[i - 1], atNanos[i], "time of trace request " + i);
            Check.atLeast(1, promptTokens[i], "prompt length of trace request " + i);
            Check.atLeast(1, outputTokens[i], "output length of trace request " + i);
        }
        this.name = name;
        this.atNanos = atNanos.clone();
        this.promptTokens = promptTokens.clone();
        this.outputTokens = outputTokens.clone();
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
}
