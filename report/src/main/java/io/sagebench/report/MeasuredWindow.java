package io.sagebench.report;

import io.sagebench.request.Check;
import java.time.Instant;

/// The time in which one policy is measured once.
///
/// @param policy     the policy in force
/// @param repeat     which measurement of this policy it is, from 1
/// @param startNanos when it starts on the run's timeline: the first intended time
/// @param startedAt  the same moment by this machine's clock, or after 1970 by as much virtual time as had passed
public record MeasuredWindow(String policy, int repeat, long startNanos, Instant startedAt) {
    public MeasuredWindow {
        Check.notBlank(policy, "policy");
        Check.atLeast(1, repeat, "repeat");
        Check.notNegative(startNanos, "startNanos");
    }
}
