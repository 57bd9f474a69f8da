package io.sagebench.metrics;

import io.sagebench.statistics.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a comparison says of one figure.
///
/// @param figure     which
/// @param before     its value in the first measurement; latencies in nanoseconds. Absent when it has none
/// @param after      its value in the second, in the same way
/// @param change     from the first to the second: a ratio less 1, and for a share the difference. Absent when either is
/// @param judgement  whether the change is more than chance
public record Finding(
        Headline figure, OptionalDouble before, OptionalDouble after, OptionalDouble change, Judgement judgement) {

    /// Whether a change is more than chance.
    public sealed interface Judgement {
        /// It was tested.
        ///
        /// @param interval     holds the true change with 95 % confidence
        /// @param pValue       probability of such a change by chance, corrected for the number of figures that were tested together
        /// @param rankPValue   the same of the rank test over blocks, not corrected; absent for percentiles, and where pairs were compared
        /// @param detectable   the smallest change that such measurements find in four of five cases
        /// @param effectiveBlocks how many independent parts of the runs the test rests on
        record Tested(Interval interval, double pValue, OptionalDouble rankPValue, double detectable, double effectiveBlocks)
                implements Judgement {}

        /// It could not be tested.
        ///
        /// @param why in words that follow "because"
        record NotTested(String why) implements Judgement {}
    }

    /// The verdicts.
    public enum Verdict {
        /// More than chance, for the better.
        BETTER("better"),
        /// More than chance, for the worse.
        WORSE("worse"),
        /// Not more than chance explains.
        NO_DIFFERENCE("no_difference_found"),
        /// Could not be told.
        UNKNOWN("unknown");

        private final String wireName;

        Verdict(String wireName) {
            this.wireName = wireName;
        }

        /// The stable name in reports.
        public String wireName() {
            return wireName;
        }
    }

    /// What is to be said of the change.
    public Verdict verdict() {
        if (change.isEmpty() || !(judgement instanceof Judgement.Tested tested)) {
            return Verdict.UNKNOWN;
        }
        if (tested.pValue() > 1 - Bounds.LEVEL || change.getAsDouble() == 0) {
            return Verdict.NO_DIFFERENCE;
        }
        return change.getAsDouble() > 0 == figure.moreIsBetter() ? Verdict.BETTER : Verdict.WORSE;
    }

    /// By how much it is worse, as a positive change; negative when it is better. Absent without a change.
    public OptionalDouble worsening() {
        return change.isEmpty() || !figure.moreIsBetter() ? change : OptionalDouble.of(-change.getAsDouble());
    }

    /// The interval of the change, where it was tested.
    public Optional<Interval> interval() {
        return judgement instanceof Judgement.Tested tested ? Optional.of(tested.interval()) : Optional.empty();
    }

    Finding withPValue(double pValue) {
        return judgement instanceof Judgement.Tested(
                        Interval interval, double _, OptionalDouble rank, double detectable, double blocks)
                ? new Finding(
                        figure, before, after, change, new Judgement.Tested(interval, pValue, rank, detectable, blocks))
                : this;
    }
}
