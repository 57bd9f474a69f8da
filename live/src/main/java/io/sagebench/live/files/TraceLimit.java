package io.sagebench.live.files;

import io.sagebench.request.Check;
import java.time.Duration;

/// How much of a trace is read, from its start.
///
/// @param requests at most so many requests, at least 1
/// @param span     only requests that came less than this after the first
public record TraceLimit(int requests, Duration span) {
    /// All of it.
    public static final TraceLimit NONE = new TraceLimit(Integer.MAX_VALUE, Duration.ofNanos(Long.MAX_VALUE));

    public TraceLimit {
        Check.atLeast(1, requests, "requests");
        if (!span.isPositive()) {
            throw new IllegalArgumentException("span must be above 0, but was " + span);
        }
    }

    /// At most so many requests.
    public static TraceLimit requests(int most) {
        return new TraceLimit(most, NONE.span);
    }

    /// Only requests that came less than `span` after the first.
    public static TraceLimit span(Duration span) {
        return new TraceLimit(NONE.requests, span);
    }
}
