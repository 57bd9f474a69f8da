package io.sagebench.policy.adaptive;

/// An average over time in which the past fades: what was 5 s ago weighs a third (1/e).
final class Average {
    static final double FADES_IN_NANOS = 5e9;

    private double value;
    private long sampledAtNanos;

    /// Between this sample and the one before, the value counts as that of this one. Starts at 0 at time 0.
    void sample(double now, long nowNanos) {
        value += (1 - Math.exp(-(nowNanos - sampledAtNanos) / FADES_IN_NANOS)) * (now - value);
        sampledAtNanos = nowNanos;
    }

    /// The average at the last sample.
    double value() {
        return value;
    }

    long sampledAtNanos() {
        return sampledAtNanos;
    }
}
