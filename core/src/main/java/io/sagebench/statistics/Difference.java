package io.sagebench.statistics;

/// How much an estimate differs from no difference, with what is needed to judge it: a t statistic from a bootstrap standard error.
///
/// @param value         the difference that was found
/// @param standardError of it, at least 0
/// @param freedom       degrees of freedom: one less than the independent blocks behind the standard error
public record Difference(double value, double standardError, double freedom) {

    /// The probability of such a difference or a larger one when there is none; two-sided.
    public double pValue() {
        if (value == 0) {
            return 1;
        }
        if (standardError == 0) {
            return 0;
        }
        return 2 * Probability.studentCdf(-Math.abs(value) / standardError, freedom);
    }

    /// The interval that holds the true difference with that confidence.
    public Interval interval(double level) {
        double reach = Probability.studentQuantile((1 + level) / 2, freedom) * standardError;
        return new Interval(value - reach, value + reach);
    }

    /// The smallest true difference that a test at this level finds with that power: `(t + t_power) * standardError` (Bloom, 1995).
    ///
    /// @param level for example 0.95
    /// @param power for example 0.8
    public double detectable(double level, double power) {
        return (Probability.studentQuantile((1 + level) / 2, freedom) + Probability.studentQuantile(power, freedom)) * standardError;
    }

    /// The probability that a test at this level finds a true difference of that size, which is approximate for few degrees of freedom.
    public double power(double trueDifference, double level) {
        if (standardError == 0) {
            return trueDifference == 0 ? 1 - level : 1;
        }
        double limit = Probability.studentQuantile((1 + level) / 2, freedom);
        double shift = Math.abs(trueDifference) / standardError;
        return Probability.studentCdf(shift - limit, freedom) + Probability.studentCdf(-shift - limit, freedom);
    }
}
