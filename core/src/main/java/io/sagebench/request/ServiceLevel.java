package io.sagebench.request;

import java.time.Duration;
import java.util.Optional;

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

    private static void positive(Duration limit, String name) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException(name + " must be above 0, but was " + limit);
        }
    }
}
