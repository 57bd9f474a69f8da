package io.sagebench.time;

/// Ticks of a log that follow each other, each heard of some time after it.
///
/// @param page       of the log, on which the first of them is
/// @param from       number of the first
/// @param to         number after the last; not below `from`
/// @param delayNanos from each tick until it was heard of
public record TickSpan(TickPage page, long from, long to, long delayNanos) {
    public TickSpan {
        if (from > to) {
            throw new IllegalArgumentException("a span from tick " + from + " cannot end before tick " + to);
        }
    }

    /// How many ticks it has.
    public int size() {
        return Math.toIntExact(to - from);
    }

    /// When the tick `index` of the span was heard of, in nanoseconds.
    public long atNanos(int index) {
        return page.atNanos(from + index) + delayNanos;
    }
}
