package io.sagebench.request;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a request is promised, each counted from its intended send time. An absent target always counts as met.
///
/// @param endToEnd           until the last content
/// @param timeToFirstToken   until the first content
/// @param timePerOutputToken mean gap between output tokens after the first (TPOT)
public record ServiceLevel(
        Optional<Duration> endToEnd, Optional<Duration> timeToFirstToken, Optional<Duration> timePerOutputToken) {
    /// Nothing is promised.
    public static final ServiceLevel NONE = new ServiceLevel(Optional.empty(), Optional.empty(), Optional.empty());

    public ServiceLevel {
        endToEnd.ifPresent(limit -> positive(limit, "endToEnd"));
        timeToFirstToken.ifPresent(limit -> positive(limit, "timeToFirstToken"));
        timePerOutputToken.ifPresent(limit -> positive(limit, "timePerOutputToken"));
    }

    /// A promise about the last content only.
    public static ServiceLevel endToEnd(Duration deadline) {
        return new ServiceLevel(Optional.of(deadline), Optional.empty(), Optional.empty());
    }

    /// Whether these latencies keep every promise. What is absent could not be measured, and breaks the promise about it.
    ///
    /// @param endToEndNanos until the last content
    /// @param ttftNanos     until the first content
    /// @param tpotNanos     mean gap between output tokens; 0 for an answer too short to have one
    public boolean isMetBy(OptionalLong endToEndNanos, OptionalLong ttftNanos, OptionalDouble tpotNanos) {
        return endToEnd.map(limit -> isWithin(endToEndNanos, limit)).orElse(true)
                && timeToFirstToken.map(limit -> isWithin(ttftNanos, limit)).orElse(true)
                && timePerOutputToken
                        .map(limit -> tpotNanos.isPresent() && tpotNanos.getAsDouble() <= limit.toNanos())
                        .orElse(true);
    }

    private static boolean isWithin(OptionalLong nanos, Duration limit) {
        return nanos.isPresent() && nanos.getAsLong() <= limit.toNanos();
    }

    private static void positive(Duration limit, String name) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException(name + " must be above 0, but was " + limit);
        }
    }
}
