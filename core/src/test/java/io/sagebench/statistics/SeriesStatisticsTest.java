package io.sagebench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.random.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Dependence, block bootstrap and steadiness on series whose truth is known.
class SeriesStatisticsTest {
    private static final double MEAN = 10;

    @Test
    void independentValuesAreWorthAsManyAsTheyAre() {
        Dependence none = Dependence.of(autoregressive(new Seed(1), 5000, 0));
        assertThat(none.variance()).isEqualTo(1, within(0.1));
        assertThat(none.effectiveSize()).isGreaterThan(4000);
        assertThat(none.blockLength()).isLessThan(10);
    }

    @Test
    void valuesThatFollowTheirNeighboursAreWorthFewer() {
        // an autoregressive series has long-run variance (1 + 0.9) / (1 - 0.9) = 19 times its variance
        Dependence strong = Dependence.of(autoregressive(new Seed(2), 50_000, 0.9));
        assertThat(strong.longRunVariance() / strong.variance()).isEqualTo(19, within(4.0));
        assertThat(strong.effectiveSize()).isEqualTo(50_000 / 19.0, within(700.0));
        // the optimal block length is (2 (sum |k| R(k))^2 / (4/3 g(0)^2) n)^(1/3), here with sum = 2 * 0.9 / 0.01 and g = 19: 5.14 n^(1/3) = 189
        assertThat(strong.blockLength()).isBetween(130, 260);
    }

    @Test
    void constantsHaveNoSpread() {
        Dependence constant = Dependence.of(new double[] {3, 3, 3, 3, 3, 3});
        assertThat(constant).isEqualTo(new Dependence(6, 0, 0, 1));
        assertThat(constant.effectiveSize()).isEqualTo(6);
    }

    @Test
    void theBootstrapOfIndependentValuesIsTheStandardErrorOfTheMean() {
        double[] values = autoregressive(new Seed(3), 1000, 0);
        double error = new BlockBootstrap(1000, 1, new Seed(4)).standardError(mean(values));
        assertThat(error).isEqualTo(Math.sqrt(Dependence.of(values).variance() / 1000), within(0.003));
    }

    @Test
    void equalValuesHaveNoStandardErrorAtAll() {
        assertThat(new BlockBootstrap(100, 3, new Seed(4)).standardError(_ -> 0.1)).isZero();
    }

    @Test
    void aDrawingHasAsManyCellsAsThereAreAndKeepsBlocksTogether() {
        new BlockBootstrap(10, 4, new Seed(5)).figures(100, times -> {
            assertThat(Arrays.stream(times).sum()).isEqualTo(10);
            assertThat(IntStream.range(0, 10).filter(i -> times[i] > 0 && times[(i + 9) % 10] == 0).count())
                    .as("no more beginnings than blocks").isLessThanOrEqualTo(3);
            return 0;
        });
    }

    @Test
    void theSameSeedDrawsTheSame() {
        double[] values = autoregressive(new Seed(6), 300, 0.5);
        assertThat(new BlockBootstrap(300, 7, new Seed(1)).figures(20, mean(values)))
                .isEqualTo(new BlockBootstrap(300, 7, new Seed(1)).figures(20, mean(values)));
    }

    @Test
    void intervalsOfDependentSeriesHoldTheirMean() {
        int held = 0;
        int heldAsIfIndependent = 0;
        for (int trial = 0; trial < 200; trial++) {
            double[] values = autoregressive(new Seed(7).child(trial), 2000, 0.8);
            Dependence dependence = Dependence.of(values);
            double error = new BlockBootstrap(2000, dependence.blockLength(), new Seed(trial)).standardError(mean(values));
            double mean = Arrays.stream(values).average().orElseThrow();
            held += new Difference(mean, error, dependence.blocks() - 1).interval(0.95).contains(MEAN) ? 1 : 0;
            double naive = Math.sqrt(dependence.variance() / 2000);
            heldAsIfIndependent += new Difference(mean, naive, 1999).interval(0.95).contains(MEAN) ? 1 : 0;
        }
        assertThat(held / 200.0).isGreaterThan(0.9);
        assertThat(heldAsIfIndependent / 200.0).as("why blocks are needed").isLessThan(0.6);
    }

    @Test
    void cutsTheBeginningOffWhereItSettles() {
        double[] batches = autoregressive(new Seed(8), 200, 0);
        for (int i = 0; i < 20; i++) {
            batches[i] += 50;
        }
        assertThat(Steadiness.of(batches)).isEqualTo(new Steadiness(20, true));
    }

    @Test
    void whatRisesToTheEndIsNeverSteady() {
        double[] batches = autoregressive(new Seed(9), 200, 0);
        for (int i = 0; i < batches.length; i++) {
            batches[i] += i;
        }
        assertThat(Steadiness.of(batches).steady()).isFalse();
    }

    @Test
    void settledSeriesAreMostlyCalledSteady() {
        long steady = IntStream.range(0, 200)
                .filter(trial -> Steadiness.of(autoregressive(new Seed(10).child(trial), 200, 0.3)).steady())
                .count();
        assertThat(steady).isGreaterThan(160);
    }

    private static BlockBootstrap.Figure mean(double[] values) {
        return times -> IntStream.range(0, times.length).mapToDouble(i -> times[i] * values[i]).sum() / times.length;
    }

    /// Variance 1, correlation `phi` between neighbours.
    static double[] autoregressive(Seed seed, int length, double phi) {
        SplittableRandom random = seed.generator();
        double[] values = new double[length];
        double state = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            values[i] = MEAN + state;
            state = phi * state + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
        return values;
    }
}
