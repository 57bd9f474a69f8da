package io.sagebench.controlplane;

/// Counts requests and retries of the last moments, in ten slices of the window, and says whether one more retry is within the budget.
final class RetryBudget {
    private static final int SLICES = 10;

    private final RetrySettings settings;
    private final long sliceNanos;
    private final long[] requests = new long[SLICES];
    private final long[] retries = new long[SLICES];
    private long lastSlice;

    RetryBudget(RetrySettings settings) {
        this.settings = settings;
        this.sliceNanos = Math.max(1, settings.window().toNanos() / SLICES);
    }

    void admitted(long nowNanos) {
        requests[sliceAt(nowNanos)]++;
    }

    /// Takes one retry from the budget, if it has one.
    boolean allows(long nowNanos) {
        int slice = sliceAt(nowNanos);
        if (sum(retries) + 1 > Math.max(settings.floor(), settings.budget() * sum(requests))) {
            return false;
        }
        retries[slice]++;
        return true;
    }

    /// The slice of this moment, after those that are past were emptied.
    private int sliceAt(long nowNanos) {
        long slice = nowNanos / sliceNanos;
        for (long passed = Math.max(lastSlice + 1, slice - SLICES + 1); passed <= slice; passed++) {
            requests[(int) (passed % SLICES)] = 0;
            retries[(int) (passed % SLICES)] = 0;
        }
        lastSlice = Math.max(lastSlice, slice);
        return (int) (slice % SLICES);
    }

    private static long sum(long[] slices) {
        long sum = 0;
        for (long slice : slices) {
            sum += slice;
        }
        return sum;
    }
}
