package io.sagebench.controlplane;

import io.sagebench.metrics.LatencySummary;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The distribution of one latency in a few kilobytes, however many samples: two digits, in microseconds.
final class CoarseLatencies {
    private static final int DIGITS = 2;
    private static final long NANOS_PER_MICRO = 1_000;

    private @Nullable Histogram histogram;

    void add(long nanos) {
        Histogram all = histogram;
        if (all == null) {
            all = new Histogram(DIGITS);
            histogram = all;
        }
        all.recordValue(Math.max(0, nanos / NANOS_PER_MICRO));
    }

    Optional<LatencySummary> summary() {
        Histogram all = histogram;
        if (all == null) {
            return Optional.empty();
        }
        return Optional.of(new LatencySummary(
                all.getTotalCount(),
                false,
                all.getMean() * NANOS_PER_MICRO,
                all.getStdDeviation() * NANOS_PER_MICRO,
                (double) all.getMinValue() * NANOS_PER_MICRO,
                percentile(all, 50),
                percentile(all, 90),
                percentile(all, 95),
                percentile(all, 99),
                percentile(all, 99.9),
                (double) all.getMaxValue() * NANOS_PER_MICRO));
    }

    private static double percentile(Histogram all, double percent) {
        return (double) Math.min(all.getMaxValue(), all.getValueAtPercentile(percent)) * NANOS_PER_MICRO;
    }
}
