package io.sagebench.metrics;

import io.sagebench.metrics.Finding.Judgement;
import io.sagebench.random.Seed;
import io.sagebench.statistics.BlockBootstrap;
import io.sagebench.statistics.Dependence;
import io.sagebench.statistics.Difference;
import io.sagebench.statistics.Holm;
import io.sagebench.statistics.Interval;
import io.sagebench.statistics.OrderStatistics;
import io.sagebench.statistics.RankTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Compares two measurements figure by figure: how large the change is, and whether it is more than chance.
///
/// Changes are logarithms of ratios, and differences of shares. Their standard error comes from a circular block bootstrap: of both series together
/// when they are the same requests under two policies (common random numbers), since what a hard stretch of the load does to both then cancels; of
/// each by itself otherwise. With three repeats or more the spread between repeats is looked at too, and the larger error counts. The test is
/// Student's, with as many degrees of freedom as there are independent blocks, or repeats, less one.
public final class Comparison {
    private static final double POWER = 0.8;
    private static final int LEAST_REPEATS = 3;
    private static final Seed SEED = new Seed(0).child("comparison");

    private final Measured before;
    private final Measured after;
    private final boolean paired;

    /// @param samePlan whether both measured the same requests, at the same times
    public Comparison(Measured before, Measured after, boolean samePlan) {
        this.before = before;
        this.after = after;
        this.paired = samePlan && before.requests().pairsWith(after.requests());
    }

    /// Whether requests are compared pair by pair.
    public boolean isPaired() {
        return paired;
    }

    /// What is to be said of these figures, with p-values corrected for their number.
    public List<Finding> findings(List<Headline> figures) {
        return corrected(figures.stream().map(this::finding).toList());
    }

    /// What is to be said of one figure, tested alone.
    public Finding finding(Headline figure) {
        Drawn was = drawn(before, figure);
        Drawn is = drawn(after, figure);
        OptionalDouble wasAt = value(was);
        OptionalDouble isAt = value(is);
        if (wasAt.isEmpty() || isAt.isEmpty()) {
            return new Finding(figure, wasAt, isAt, OptionalDouble.empty(), new Judgement.NotTested("nothing was measured"));
        }
        boolean ratio = figure.kind() != Headline.Kind.SHARE;
        if (ratio && (wasAt.getAsDouble() <= 0 || isAt.getAsDouble() <= 0)) {
            return new Finding(
                    figure, wasAt, isAt, OptionalDouble.empty(), new Judgement.NotTested("there is no ratio with 0"));
        }
        double change = isAt.getAsDouble() - wasAt.getAsDouble();
        return new Finding(
                figure,
                wasAt,
                isAt,
                OptionalDouble.of(ratio ? isAt.getAsDouble() / wasAt.getAsDouble() - 1 : change),
                judged(figure, was, is, ratio));
    }

    /// The p-values of findings that are looked at together, corrected for their number.
    public static List<Finding> corrected(List<Finding> findings) {
        var tested = new ArrayList<Double>();
        for (Finding finding : findings) {
            if (finding.judgement() instanceof Judgement.Tested one) {
                tested.add(one.pValue());
            }
        }
        double[] adjusted = Holm.adjusted(tested.stream().mapToDouble(Double::doubleValue).toArray());
        var corrected = new ArrayList<Finding>();
        int next = 0;
        for (Finding finding : findings) {
            corrected.add(
                    finding.judgement() instanceof Judgement.Tested ? finding.withPValue(adjusted[next++]) : finding);
        }
        return corrected;
    }

    private Judgement judged(Headline figure, Drawn was, Drawn is, boolean ratio) {
        if (figure.kind() == Headline.Kind.PERCENTILE) {
            for (Measured one : List.of(before, after)) {
                double at = drawn(one, figure).figure();
                double effective = ConfidenceRule.effectiveSize(one.requests(), figure.value(), at);
                if (effective < OrderStatistics.leastSamples(figure.quantile(), Bounds.LEVEL)) {
                    return new Judgement.NotTested(
                            ConfidenceRule.tooFew(figure.quantile(), one.requests().size(), effective));
                }
            }
        }
        double found = scaled(is.figure(), ratio) - scaled(was.figure(), ratio);
        Difference difference = paired ? together(was, is, ratio, found) : apart(was, is, ratio, found);
        double blocks = difference.freedom() + 1;
        if (blocks < ConfidenceRule.LEAST_BLOCKS) {
            return new Judgement.NotTested("what was measured is worth fewer than " + ConfidenceRule.LEAST_BLOCKS
                    + " independent parts: the run is too short, or never steady");
        }
        if (!Double.isFinite(difference.standardError())) {
            return new Judgement.NotTested("too few parts of the runs have such a value");
        }
        Difference careful = moreCareful(difference, betweenRepeats(figure, ratio, found));
        Interval interval = careful.interval(Bounds.LEVEL);
        return new Judgement.Tested(
                ratio ? new Interval(Math.expm1(interval.low()), Math.expm1(interval.high())) : interval,
                careful.pValue(),
                paired || figure.kind() == Headline.Kind.PERCENTILE
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(RankTest.pValue(blockMeans(was), blockMeans(is))),
                ratio ? Math.expm1(careful.detectable(Bounds.LEVEL, POWER)) : careful.detectable(Bounds.LEVEL, POWER),
                careful.freedom() + 1);
    }

    /// Both series drawn together: the same requests, or spans of time, of both.
    private static Difference together(Drawn was, Drawn is, boolean ratio, double found) {
        double[] wasPulls = was.pulls();
        double[] pulls = is.pulls();
        for (int i = 0; i < pulls.length; i++) {
            pulls[i] -= wasPulls[i];
        }
        Dependence dependence = Dependence.of(pulls);
        double error = new BlockBootstrap(was.cells(), dependence.blockLength(), SEED)
                .standardError(times -> scaled(is.figure(times), ratio) - scaled(was.figure(times), ratio));
        return new Difference(found, error, dependence.blocks() - 1);
    }

    /// Each series by itself; degrees of freedom by Welch (1947).
    private static Difference apart(Drawn was, Drawn is, boolean ratio, double found) {
        Dependence of = Dependence.of(was.pulls());
        Dependence ofOther = Dependence.of(is.pulls());
        double one = error(was, of, ratio, "before");
        double other = error(is, ofOther, ratio, "after");
        double variance = one * one + other * other;
        double freedom = variance == 0
                ? Math.min(of.blocks(), ofOther.blocks()) - 1
                : variance
                        * variance
                        / (Math.pow(one, 4) / (of.blocks() - 1) + Math.pow(other, 4) / (ofOther.blocks() - 1));
        boolean tooFew = Math.min(of.blocks(), ofOther.blocks()) < ConfidenceRule.LEAST_BLOCKS;
        return new Difference(found, Math.sqrt(variance), tooFew ? 0 : freedom);
    }

    private static double error(Drawn series, Dependence dependence, boolean ratio, String name) {
        return new BlockBootstrap(series.cells(), dependence.blockLength(), SEED.child(name))
                .standardError(times -> scaled(series.figure(times), ratio));
    }

    /// What the repeats say; the error of nothing when there are too few.
    private Difference betweenRepeats(Headline figure, boolean ratio, double found) {
        int repeats = Math.min(before.repeats().size(), after.repeats().size());
        if (repeats < LEAST_REPEATS) {
            return new Difference(found, 0, 1);
        }
        double[] was = new double[repeats];
        double[] is = new double[repeats];
        double[] changes = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            was[i] = scaled(drawn(before.repeats().get(i), figure).figure(), ratio);
            is[i] = scaled(drawn(after.repeats().get(i), figure).figure(), ratio);
            changes[i] = is[i] - was[i];
        }
        return paired
                ? new Difference(found, Math.sqrt(spread(changes) / repeats), repeats - 1.0)
                : new Difference(found, Math.sqrt((spread(was) + spread(is)) / repeats), 2.0 * (repeats - 1));
    }

    private static Difference moreCareful(Difference one, Difference other) {
        return reach(other) > reach(one) ? other : one;
    }

    private static double reach(Difference difference) {
        return difference.standardError() == 0 || Double.isNaN(difference.standardError())
                ? 0
                : difference.interval(Bounds.LEVEL).high() - difference.value();
    }

    private static double spread(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }

    private static double[] blockMeans(Drawn series) {
        double[] pulls = series.pulls();
        int length = Dependence.of(pulls).blockLength();
        int blocks = Math.max(1, pulls.length / length);
        double[] means = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            int[] times = new int[pulls.length];
            for (int cell = i * length; cell < (i + 1) * length; cell++) {
                times[cell] = 1;
            }
            means[i] = series.figure(times);
        }
        return Arrays.stream(means).filter(mean -> !Double.isNaN(mean)).toArray();
    }

    private Drawn drawn(Measured of, Headline figure) {
        return switch (figure.kind()) {
            case PERCENTILE -> new Drawn.Percentile(of.requests(), figure.value(), figure.quantile());
            case MEAN, SHARE -> new Drawn.Mean(CellSums.of(of.requests(), figure.value()));
            case RATE -> new Drawn.Mean(overTime(of, figure));
        };
    }

    /// With spans as wide as the wider of both; pairs have as many spans as the longer of both, those beyond the end of the other being no time of it.
    private CellSums overTime(Measured of, Headline figure) {
        long widest = Math.max(before.rates().spanNanos(), after.rates().spanNanos());
        CompletionTimes.Rates rates = of.rates().widerBy((int) Math.max(1, widest / of.rates().spanNanos()));
        long[] counts =
                switch (figure) {
                    case GOODPUT -> rates.met();
                    case TOKENS_PER_SECOND -> rates.tokens();
                    default -> rates.completed();
                };
        int spans = paired
                ? Math.max(spansOf(before, widest), spansOf(after, widest))
                : counts.length;
        return CellSums.of(rates, counts, spans);
    }

    private static int spansOf(Measured of, long widest) {
        return of.rates().widerBy((int) Math.max(1, widest / of.rates().spanNanos())).completed().length;
    }

    private static double scaled(double figure, boolean ratio) {
        return ratio ? Math.log(figure) : figure;
    }

    private static OptionalDouble value(Drawn drawn) {
        double figure = drawn.cells() == 0 ? Double.NaN : drawn.figure();
        return Double.isNaN(figure) ? OptionalDouble.empty() : OptionalDouble.of(figure);
    }
}
