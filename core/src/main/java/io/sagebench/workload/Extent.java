package io.sagebench.workload;

import io.sagebench.request.Check;
import java.time.Duration;

/// How much of a load is sent: so many requests, those of so much time, or whichever of the two ends first.
///
/// @param requests at most so many, at least 1
/// @param span     only requests intended less than this after the first moment; above 0
public record Extent(long requests, Duration span) {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    public Extent {
        Check.atLeast(1, requests, "requests");
        if (!span.isPositive()) {
            throw new IllegalArgumentException("span must be above 0, but was " + span);
        }
    }

    /// So many requests, however long they take.
    public static Extent requests(long requests) {
        return new Extent(requests, FOREVER);
    }

    /// The requests of so much time, however many they are.
    public static Extent time(Duration span) {
        return new Extent(Long.MAX_VALUE, span);
    }

    /// Whether a number of requests limits it.
    public boolean countsRequests() {
        return requests < Long.MAX_VALUE;
    }

    /// Whether time limits it.
    public boolean isTimed() {
        return span.compareTo(FOREVER) < 0;
    }

    /// Whether a request still belongs to it.
    ///
    /// @param index        of the request, from 0
    /// @param offsetNanos  its intended time since the first moment
    boolean includes(long index, long offsetNanos) {
        return index < requests && offsetNanos < span.toNanos();
    }
}
