package io.sagebench.engine.sim.calibration;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What several fits to the same requests say together, each searched for from another seed. Where very different constants fit a load about equally
/// well, each fit alone is sure of its own; how far they lie apart tells what the load does not.
public final class SeveralFits {
    /// Fits whose typical errors are within this factor of the best, and this share more, are as good.
    private static final double AS_GOOD = 1.5;
    private static final double AS_GOOD_SHARE = 0.005;

    private SeveralFits() {}

    /// The best of them, with each constant as unsure as those that are as good lie apart, if that is more than it says itself.
    ///
    /// @param fits at least one
    public static CalibrationResult best(List<CalibrationResult> fits) {
        CalibrationResult best = fits.getFirst();
        for (CalibrationResult fit : fits) {
            if (typicalError(fit) < typicalError(best)) {
                best = fit;
            }
        }
        double limit = typicalError(best) * AS_GOOD + AS_GOOD_SHARE;
        List<CalibrationResult> good = fits.stream().filter(fit -> typicalError(fit) <= limit).toList();
        List<Fitted> fitted = best.fitted().stream().map(one -> withSpread(one, good)).toList();
        return new CalibrationResult(best.profile(), fitted, best.before(), best.used(), best.heldOut(), best.entangled());
    }

    private static Fitted withSpread(Fitted one, List<CalibrationResult> good) {
        if (one.standing() != Fitted.Standing.FITTED) {
            return one;
        }
        double apart = good.stream()
                .mapToDouble(fit -> Math.abs(fit.of(one.parameter()).value() / one.value() - 1))
                .max()
                .orElse(0);
        double unsure = Math.max(apart, one.standardError().orElse(0));
        return new Fitted(one.parameter(), one.start(), one.value(), OptionalDouble.of(unsure), one.standing());
    }

    private static double typicalError(CalibrationResult fit) {
        return Stream.of(fit.used().ttft(), fit.used().tpot(), fit.used().endToEnd())
                .flatMap(statistics -> statistics.stream())
                .mapToDouble(FitError.Statistics::typical)
                .sum();
    }
}
