package io.sagebench.benchmark.experiment;

import io.sagebench.request.Check;
import java.util.function.DoubleFunction;

/// Finds the highest rate at which something still holds that holds at low rates and not at high ones: doubles the rate until it does not, or halves it until
/// it does, and then bisects by ratio.
public final class RateSearch {
    private final double precision;
    private final double lowestShare;
    private final double highest;

    /// @param precision   how near the answer must be, as a ratio above 1: 1.05 for 5 %
    /// @param lowestShare below which part of the first rate nothing is tried
    /// @param highest     the highest rate tried
    public RateSearch(double precision, double lowestShare, double highest) {
        if (!(precision > 1)) {
            throw new IllegalArgumentException("precision must be a ratio above 1, but was " + precision);
        }
        this.precision = precision;
        this.lowestShare = Check.positive(lowestShare, "lowestShare");
        this.highest = highest;
    }

    /// What a try at a rate showed.
    public enum Answer {
        HOLDS,
        FAILS,
        /// The search is to end.
        STOPPED
    }

    /// What came of the search.
    public sealed interface Found {
        /// Between these rates.
        ///
        /// @param holds the highest rate tried at which it holds
        /// @param fails the lowest one tried at which it does not; infinite when it holds even at the highest
        record Between(double holds, double fails) implements Found {}

        /// Not even at the lowest rate.
        ///
        /// @param fails the lowest rate tried
        record Nowhere(double fails) implements Found {}

        /// The search was stopped.
        record Stopped() implements Found {}
    }

    /// Searches.
    ///
    /// @param first where to begin, above 0
    /// @param at    tries a rate
    public Found from(double first, DoubleFunction<Answer> at) {
        double holds = first;
        double fails = Double.POSITIVE_INFINITY;
        Answer answer = at.apply(first);
        while (answer == Answer.FAILS) {
            fails = holds;
            holds /= 2;
            if (holds < first * lowestShare) {
                return new Found.Nowhere(fails);
            }
            answer = at.apply(holds);
        }
        while (answer == Answer.HOLDS && Double.isInfinite(fails) && holds * 2 <= highest) {
            answer = at.apply(holds * 2);
            if (answer == Answer.HOLDS) {
                holds *= 2;
            } else {
                fails = holds * 2;
            }
        }
        while (answer != Answer.STOPPED && fails / holds > precision && Double.isFinite(fails)) {
            double middle = Math.sqrt(fails * holds);
            answer = at.apply(middle);
            if (answer == Answer.HOLDS) {
                holds = middle;
            } else if (answer == Answer.FAILS) {
                fails = middle;
            }
        }
        return answer == Answer.STOPPED ? new Found.Stopped() : new Found.Between(holds, fails);
    }
}
