package io.sagebench.controlplane;

import io.sagebench.request.Check;
import java.time.Duration;

/// When an engine is no longer trusted with requests, and how it wins trust back.
///
/// @param calls        how many of its last calls count, at least 1
/// @param errorRatio   the share of them that may fail, from 0 to 1; calls not made yet count as good
/// @param firstBackoff how long it gets nothing at first; doubles each time its trial fails
/// @param mostBackoff  the longest it gets nothing
/// @param jitter       by what share of itself a backoff is varied, up or down, so that engines do not come back all at once; from 0 to 1
/// @param successes    trials in a row that must succeed, at least 1
public record BreakerSettings(
        int calls, double errorRatio, Duration firstBackoff, Duration mostBackoff, double jitter, int successes) {
    /// More than half of the last 20 calls; 1 s doubling to 30 s, a fifth more or less; two trials.
    public static final BreakerSettings DEFAULT =
            new BreakerSettings(20, 0.5, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2, 2);

    public BreakerSettings {
        Check.atLeast(1, calls, "calls");
        Check.atLeast(1, firstBackoff.toNanos(), "firstBackoff");
        Check.atLeast(firstBackoff.toNanos(), mostBackoff.toNanos(), "mostBackoff");
        Check.atLeast(1, successes, "successes");
        checkShare(errorRatio, "errorRatio");
        checkShare(jitter, "jitter");
    }

    private static void checkShare(double share, String name) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but was " + share);
        }
    }
}
