package io.sagebench.metrics;

import java.util.Optional;
import java.util.OptionalDouble;

/// What stands behind the figures: how sure they are, whether the run had settled, and the requests themselves as far as they are kept.
///
/// @param confidence   intervals of the headline figures
/// @param steady       the part of the run after it had settled
/// @param littlesLaw   two ways to the mean number of requests in flight; absent when it was not counted
/// @param observations requests in the order in which they were intended; absent where only figures are known
/// @param rates        what was completed when; absent in the same way
public record Evidence(
        Confidence confidence,
        Steady steady,
        Optional<LittlesLaw> littlesLaw,
        Optional<Observations> observations,
        Optional<CompletionTimes.Rates> rates) {
    /// Nothing but figures.
    public static final Evidence NONE = new Evidence(
            Confidence.UNKNOWN,
            Steady.without(Steady.Verdict.TOO_SHORT),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /// The part of a run after it had settled, judged by the E2E of requests in the order in which they were intended.
    ///
    /// @param verdict  whether it settled
    /// @param window   the part, where there is one
    public record Steady(Verdict verdict, Optional<SteadyWindow> window) {
        static Steady without(Verdict verdict) {
            return new Steady(verdict, Optional.empty());
        }

        /// Whether a run settled.
        public enum Verdict {
            /// It did.
            STEADY("steady"),
            /// It did not: latencies went on to rise or fall, as under a load that the server cannot keep up with.
            NEVER_STEADY("never_steady"),
            /// There are too few requests to tell.
            TOO_SHORT("too_short"),
            /// Several windows were measured; each has its own.
            SEVERAL_WINDOWS("see_repeats");

            private final String wireName;

            Verdict(String wireName) {
                this.wireName = wireName;
            }

            /// The stable name in reports.
            public String wireName() {
                return wireName;
            }
        }
    }

    /// A window from the moment a run had settled to the last intended time, without the tail in which only the last answers end.
    ///
    /// @param fromSeconds   where it begins, after the first intended time
    /// @param toSeconds     the last intended time, in the same way
    /// @param leftOut       requests before it
    /// @param requests      requests intended in it
    /// @param attainment    the share of these that met their service level
    /// @param requestsPerSecond completed within it, whenever they were intended
    /// @param goodputPerSecond  of these, met their service level
    /// @param endToEnd      of the requests intended in it
    /// @param ttft          in the same way
    public record SteadyWindow(
            double fromSeconds,
            double toSeconds,
            long leftOut,
            long requests,
            OptionalDouble attainment,
            OptionalDouble requestsPerSecond,
            OptionalDouble goodputPerSecond,
            Optional<LatencySummary> endToEnd,
            Optional<LatencySummary> ttft) {}

    /// Little's law: the mean number in flight is the rate times the mean time in flight. Both sides were measured apart, one by counting as requests
    /// are sent and end, the other from the records.
    ///
    /// @param meanInFlight     counted
    /// @param rateTimesLatency from the records
    public record LittlesLaw(double meanInFlight, double rateTimesLatency) {
        private static final double TOLERANCE = 0.05;
        private static final double LEAST = 0.5;

        /// Whether both agree, within 5 % or half a request.
        public boolean holds() {
            double apart = Math.abs(meanInFlight - rateTimesLatency);
            return apart <= LEAST || apart <= TOLERANCE * Math.max(meanInFlight, rateTimesLatency);
        }
    }
}
