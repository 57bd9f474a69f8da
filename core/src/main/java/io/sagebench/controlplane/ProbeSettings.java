package io.sagebench.controlplane;

import io.sagebench.request.Check;
import java.time.Duration;

/// How engines are asked whether they work.
///
/// @param interval     from one answer to the next question
/// @param timeout      when no answer counts as a bad one
/// @param failures     bad answers in a row that make an engine one in error, at least 1
/// @param startupGrace how long an engine that starts may answer badly; loading a large model takes minutes
/// @param jitter       by what share of itself an interval is varied, up or down; from 0 to 1
public record ProbeSettings(
        Duration interval, Duration timeout, int failures, Duration startupGrace, double jitter) {
    /// Every 2 s, 1 s for an answer, three in a row, 2 minutes to start, a tenth more or less.
    public static final ProbeSettings DEFAULT =
            new ProbeSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), 3, Duration.ofMinutes(2), 0.1);

    public ProbeSettings {
        Check.atLeast(1, interval.toNanos(), "interval");
        Check.atLeast(1, timeout.toNanos(), "timeout");
        Check.atLeast(1, failures, "failures");
        Check.notNegative(startupGrace.toNanos(), "startupGrace");
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but was " + jitter);
        }
    }
}
