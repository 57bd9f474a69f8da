package io.sagebench.engine.latency;

import io.sagebench.request.Check;
import io.sagebench.time.FarTime;
import java.util.random.RandomGenerator;

/// A time that varies: normal, and never further from its mean than [#MOST_DEVIATION] of it.
///
/// @param meanNanos   the mean
/// @param stdDevNanos the standard deviation
public record Spread(long meanNanos, long stdDevNanos) {
    /// No time at all.
    public static final Spread NONE = new Spread(0, 0);
    /// The largest standard deviation that may be asked for, as a share of the mean.
    public static final double MOST_STD_DEV = 0.3;
    /// How far a drawn time may be from the mean, as a share of the mean.
    public static final double MOST_DEVIATION = 0.7;

    public Spread {
        Check.notNegative(meanNanos, "mean");
        Check.notNegative(stdDevNanos, "standard deviation");
    }

    /// Whether it says anything.
    boolean isGiven() {
        return meanNanos > 0 || stdDevNanos > 0;
    }

    /// Whether the standard deviation is small enough for the mean.
    boolean isNarrow() {
        return stdDevNanos <= meanNanos * MOST_STD_DEV;
    }

    /// A time drawn from it, with the mean, but not the deviation, multiplied by `factor`; at most [FarTime#FARTHEST_NANOS].
    long draw(double factor, RandomGenerator random) {
        double mean = meanNanos * factor;
        double drawn = stdDevNanos == 0 ? mean : mean + stdDevNanos * random.nextGaussian();
        long nanos = Math.round(Math.clamp(drawn, mean * (1 - MOST_DEVIATION), mean * (1 + MOST_DEVIATION)));
        return Math.min(nanos, FarTime.FARTHEST_NANOS);
    }
}
