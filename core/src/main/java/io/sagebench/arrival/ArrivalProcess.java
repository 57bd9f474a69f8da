package io.sagebench.arrival;

import io.sagebench.random.Seed;

/// A rule for when requests are sent. Immutable; each start gives the same times for the same seed.
@FunctionalInterface
public interface ArrivalProcess {

    /// Starts giving times.
    ///
    /// @param seed for processes that draw lots; used for nothing else
    ArrivalTimes start(Seed seed);

    /// The times of one run, one after another, without end.
    @FunctionalInterface
    interface ArrivalTimes {
        /// When the next request is sent, in nanoseconds since the first moment of the plan: at least the one before, and at least 0.
        long nextAtNanos();
    }
}
