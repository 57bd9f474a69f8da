package io.sagebench.controlplane;

/// Lets a number of events a second pass in the long run, and some at once after a pause.
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;
    /// Rounding must not keep out what comes exactly in time.
    private static final double ALMOST_ONE = 1 - 1e-9;

    private final double perNano;
    private final double most;
    private double tokens;
    private long filledAtNanos;

    /// @param perSecond in the long run
    /// @param burst     at once after a pause
    TokenBucket(double perSecond, int burst, long nowNanos) {
        perNano = perSecond / NANOS_PER_SECOND;
        most = burst;
        tokens = burst;
        filledAtNanos = nowNanos;
    }

    /// How long until the next event may pass; 0 when it may now. In nanoseconds.
    long waitNanos(long nowNanos) {
        fill(nowNanos);
        return tokens >= ALMOST_ONE ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }

    /// An event passes.
    void take(long nowNanos) {
        fill(nowNanos);
        tokens = Math.max(0, tokens - 1);
    }

    private void fill(long nowNanos) {
        tokens = Math.min(most, tokens + perNano * (nowNanos - filledAtNanos));
        filledAtNanos = nowNanos;
    }
}
