package io.sagebench.metrics.recent;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// How many latencies there were of which length, in bins that are 3 % wide: below half a millisecond 16 microseconds wide, and above 17 minutes in one.
/// Any thread may add and read; who reads meanwhile misses what is just being added.
public final class LatencyBins {
    private static final int UNIT_BITS = 14;
    private static final int STEP_BITS = 5;
    private static final int STEPS = 1 << STEP_BITS;
    /// As many doublings as it takes to 2^40 nanoseconds.
    static final int BINS = (40 - UNIT_BITS - STEP_BITS + 1) * STEPS;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BINS);

    /// Counts one. A negative one counts as none at all.
    public void add(long nanos) {
        counts.getAndIncrement(binOf(nanos));
    }

    /// Its percentiles; of nothing while there is none.
    public LatencyPercentiles percentiles() {
        return percentilesOf(List.of(this));
    }

    /// The percentiles of several together.
    static LatencyPercentiles percentilesOf(List<LatencyBins> several) {
        var sums = new long[BINS];
        long all = 0;
        for (LatencyBins bins : several) {
            for (int bin = 0; bin < BINS; bin++) {
                int count = bins.counts.getPlain(bin);
                sums[bin] += count;
                all += count;
            }
        }
        if (all == 0) {
            return LatencyPercentiles.NONE;
        }
        return new LatencyPercentiles(all, at(sums, share(all, 0.50)), at(sums, share(all, 0.95)), at(sums, share(all, 0.99)));
    }

    private static long share(long all, double share) {
        return Math.max(1, (long) Math.ceil(all * share));
    }

    private static long at(long[] sums, long wanted) {
        long seen = 0;
        int bin = 0;
        while (seen + sums[bin] < wanted) {
            seen += sums[bin++];
        }
        return nanosOf(bin);
    }

    static int binOf(long nanos) {
        long units = Math.max(0, nanos) >> UNIT_BITS;
        if (units < STEPS) {
            return (int) units;
        }
        int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - STEP_BITS;
        long step = (units >> doublings) - STEPS;
        return (int) Math.min(BINS - 1L, (doublings + 1L) * STEPS + step);
    }

    /// The middle of a bin.
    static long nanosOf(int bin) {
        if (bin < STEPS) {
            return ((long) bin << UNIT_BITS) + (1L << (UNIT_BITS - 1));
        }
        int doublings = bin / STEPS - 1;
        long from = (long) (STEPS + bin % STEPS) << (doublings + UNIT_BITS);
        return from + (1L << (doublings + UNIT_BITS - 1));
    }
}
