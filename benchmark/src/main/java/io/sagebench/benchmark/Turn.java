package io.sagebench.benchmark;

import io.sagebench.request.Check;
import java.util.OptionalLong;

/// One measurement of one policy within a benchmark.
///
/// @param policy   the policy in force
/// @param number   which measurement of the benchmark it is, from 1
/// @param turns    how many measurements the benchmark has: policies times repeats
/// @param repeat   which measurement of this policy it is, from 1
/// @param repeats  how often each policy is measured
/// @param requests how many requests its measured window has; absent when only its end shows that
public record Turn(String policy, int number, int turns, int repeat, int repeats, OptionalLong requests) {
    public Turn {
        Check.atLeast(1, number, "number");
        Check.atLeast(number, turns, "turns");
        Check.atLeast(1, repeat, "repeat");
        Check.atLeast(repeat, repeats, "repeats");
    }

    /// One whose number of requests is known.
    public Turn(String policy, int number, int turns, int repeat, int repeats, long requests) {
        this(policy, number, turns, repeat, repeats, OptionalLong.of(requests));
    }
}
