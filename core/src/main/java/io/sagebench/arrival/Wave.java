package io.sagebench.arrival;

import io.sagebench.request.Check;

/// A rate that swings as a sine: `mean (1 + amplitude sin(2 pi t / period))`, beginning at the mean and rising.
///
/// @param meanPerSecond  mean requests per second, above 0
/// @param amplitude      how far it swings as a share of the mean, from 0 to 1; with 1 it falls to 0 once a period
/// @param periodSeconds  above 0
public record Wave(double meanPerSecond, double amplitude, double periodSeconds) implements RateCurve {
    private static final int MOST_STEPS = 100;

    public Wave {
        Check.positive(meanPerSecond, "meanPerSecond");
        Check.notNegative(amplitude, "amplitude");
        Check.positive(periodSeconds, "periodSeconds");
        if (amplitude > 1) {
            throw new IllegalArgumentException("amplitude must be at most 1, but was " + amplitude);
        }
    }

    @Override
    public double expectedWithin(double seconds) {
        return meanPerSecond * (seconds + swing() * (1 - StrictMath.cos(angle(seconds))));
    }

    /// By Newton's method between bounds that are halved where it would leave them. The integral lies between that of the mean rate and
    /// `2 swing mean` more.
    @Override
    public double secondsUntil(double expected) {
        double high = expected / meanPerSecond;
        double low = Math.max(0, high - 2 * swing());
        double at = high;
        for (int step = 0; step < MOST_STEPS; step++) {
            double excess = expectedWithin(at) - expected;
            if (excess > 0) {
                high = at;
            } else {
                low = at;
            }
            double rate = meanPerSecond * (1 + amplitude * StrictMath.sin(angle(at)));
            double newton = at - excess / rate;
            double next = newton >= low && newton <= high ? newton : (low + high) / 2;
            if (Math.abs(next - at) <= Math.ulp(at)) {
                return next;
            }
            at = next;
        }
        return at;
    }

    @Override
    public RateCurve at(double perSecond) {
        return new Wave(perSecond, amplitude, periodSeconds);
    }

    @Override
    public boolean ends() {
        return false;
    }

    private double angle(double seconds) {
        return 2 * Math.PI * seconds / periodSeconds;
    }

    private double swing() {
        return amplitude * periodSeconds / (2 * Math.PI);
    }
}
