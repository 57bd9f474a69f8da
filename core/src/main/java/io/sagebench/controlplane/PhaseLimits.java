package io.sagebench.controlplane;

import io.sagebench.request.Check;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.Optional;

/// How long an engine may be silent before its request counts as failed, so that a dead engine hangs nobody.
///
/// @param promised times the time to first token promised (or, without, the time to the end) that the first token may take
/// @param least    the shortest limit that follows from a promise
/// @param most     the limit on the first token when nothing is promised, and the longest that follows from a promise
/// @param idle     the limit between tokens
public record PhaseLimits(double promised, Duration least, Duration most, Duration idle) {
    /// Four times the promise, from 5 s to 2 minutes; 60 s between tokens.
    public static final PhaseLimits DEFAULT =
            new PhaseLimits(4, Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(60));

    public PhaseLimits {
        Check.positive(promised, "promised");
        Check.atLeast(1, least.toNanos(), "least");
        Check.atLeast(least.toNanos(), most.toNanos(), "most");
        Check.atLeast(1, idle.toNanos(), "idle");
    }

    /// The limit from dispatch to the first token, in nanoseconds.
    ///
    /// @param inParts whether the answer is told as it is made; one told as a whole takes as long as it takes, and has the longest limit
    long firstTokenNanos(ServiceLevel level, boolean inParts) {
        Optional<Duration> promise = level.timeToFirstToken().or(level::endToEnd);
        if (!inParts || promise.isEmpty()) {
            return most.toNanos();
        }
        double limit = promised * promise.get().toNanos();
        return (long) Math.clamp(limit, (double) least.toNanos(), (double) most.toNanos());
    }
}
