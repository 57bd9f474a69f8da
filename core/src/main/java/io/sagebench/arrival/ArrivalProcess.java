package io.sagebench.arrival;

import io.sagebench.random.Seed;

/// A rule for when requests are sent. Immutable; each start gives the same times for the same seed.
public interface ArrivalProcess {

    /// Starts giving times.
    ///
    /// @param seed for processes that draw lots; used for nothing else
    ArrivalTimes start(Seed seed);

    /// Requests per second in the long run; infinite when everything comes at once.
    double meanPerSecond();

    /// The same process at another mean rate: its ups and downs are as long as they were, and higher or lower in proportion.
    ///
    /// @param perSecond mean requests per second, above 0
    ArrivalProcess at(double perSecond);

    /// Whether no more requests come at some time, so that a number of them cannot be promised.
    default boolean ends() {
        return false;
    }

    /// The same mean rate without slow ups and downs, which a short warm-up could fall between.
    default ArrivalProcess steady() {
        return this;
    }

    /// The times of one run, one after another.
    @FunctionalInterface
    interface ArrivalTimes {
        /// What is given when no more requests come.
        long NEVER_NANOS = Long.MAX_VALUE;

        /// When the next request is sent, in nanoseconds since the first moment of the plan: at least the one before, and at least 0;
        /// [#NEVER_NANOS] when no more come.
        long nextAtNanos();
    }
}
