package io.sagebench.arrival;

/// A rate that changes with time. Immutable.
public sealed interface RateCurve permits Ramp, Wave {

    /// How many requests are expected in the first `seconds`: the integral of the rate.
    double expectedWithin(double seconds);

    /// The inverse of [#expectedWithin]: when so many requests are expected to have come, in seconds; infinite when they never are.
    double secondsUntil(double expected);

    /// Requests per second on average: over its whole length, or over whole periods.
    double meanPerSecond();

    /// The same curve, higher or lower.
    ///
    /// @param perSecond its mean, above 0
    RateCurve at(double perSecond);

    /// Whether the rate falls to 0 for good.
    boolean ends();
}
