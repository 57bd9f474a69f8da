package io.sagebench.policy.aegaeon;

/// What one card did, to be looked at.
final class CardFigures {
    private final long sinceNanos;
    private long nowNanos;
    private long switches;
    private long switchingNanos;

    CardFigures(long sinceNanos) {
        this.sinceNanos = sinceNanos;
        this.nowNanos = sinceNanos;
    }

    void at(long nanos) {
        nowNanos = nanos;
    }

    /// The processor stood still for so long before the first work of another model.
    void switched(long nanos) {
        switches++;
        switchingNanos += nanos;
    }

    double switchesPerSecond() {
        return nowNanos == sinceNanos ? 0 : switches * 1e9 / (nowNanos - sinceNanos);
    }

    double switchShare() {
        return nowNanos == sinceNanos ? 0 : (double) switchingNanos / (nowNanos - sinceNanos);
    }
}
