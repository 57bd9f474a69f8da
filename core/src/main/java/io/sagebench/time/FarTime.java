package io.sagebench.time;

/// Arithmetic on times so long that nanoseconds cannot count them. What would wrap around into the past is [#FARTHEST_NANOS] instead, which is as
/// good as never.
public final class FarTime {
    /// Some 146 years: half of what nanoseconds can count, so that who knows nothing of it can still add to it.
    public static final long FARTHEST_NANOS = Long.MAX_VALUE / 2;

    private FarTime() {}

    /// The moment `spanNanos` after `atNanos`, or the sum of two spans.
    ///
    /// @param atNanos at most [#FARTHEST_NANOS]
    public static long sum(long atNanos, long spanNanos) {
        return spanNanos > FARTHEST_NANOS - atNanos ? FARTHEST_NANOS : atNanos + spanNanos;
    }

    /// So many times a span.
    ///
    /// @param count     at least 0
    /// @param spanNanos at least 0
    public static long product(long count, long spanNanos) {
        return count > 0 && spanNanos > FARTHEST_NANOS / count ? FARTHEST_NANOS : count * spanNanos;
    }
}
