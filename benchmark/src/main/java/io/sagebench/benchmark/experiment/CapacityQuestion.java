package io.sagebench.benchmark.experiment;

import io.sagebench.request.Check;
import java.time.Duration;

/// How a capacity is looked for.
///
/// @param sloTarget the share of requests that must meet their service level, above 0 and at most 1
/// @param tolerance how near the answer must be, as a share of it: 0.05 for 5 %
/// @param confirm   from how many further seeds the load is made to confirm the answer
/// @param firstRate where the search begins, in requests per second
/// @param atLeast   for how long requests arrive at each rate tried: too short a time shows no queue
public record CapacityQuestion(double sloTarget, double tolerance, int confirm, double firstRate, Duration atLeast) {
    public static final CapacityQuestion DEFAULT = new CapacityQuestion(0.99, 0.05, 2, 10, Duration.ofSeconds(30));

    public CapacityQuestion {
        if (!(sloTarget > 0 && sloTarget <= 1)) {
            throw new IllegalArgumentException("sloTarget must be above 0 and at most 1, but was " + sloTarget);
        }
        Check.positive(tolerance, "tolerance");
        Check.notNegative(confirm, "confirm");
        Check.positive(firstRate, "firstRate");
    }

    /// The same from another rate on.
    public CapacityQuestion from(double otherRate) {
        return new CapacityQuestion(sloTarget, tolerance, confirm, otherRate, atLeast);
    }
}
