package io.sagebench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestsOfDifferenceTest {
    @Test
    void theRankTestOfSmallGroupsIsTheOneWorkedByHand() {
        // U = 0, its mean 3 * 3 / 2, its variance 9 * 7 / 12: z = (4.5 - 0.5) / 2.2913 = 1.7457
        assertThat(RankTest.pValue(new double[] {1, 2, 3}, new double[] {4, 5, 6})).isEqualTo(0.08086, within(1e-4));
        assertThat(RankTest.pValue(new double[] {4, 5, 6}, new double[] {1, 2, 3})).isEqualTo(0.08086, within(1e-4));
    }

    @Test
    void tiesLessenTheVariance() {
        // ranks 2, 2, 2, 5, 5, 5 twice over: {1, 1, 2} has rank sum 2 + 2 + 5 = 9, U = 3; variance 4.5 / 6 * (7 - 48 / 30) = 4.05
        assertThat(RankTest.pValue(new double[] {1, 1, 2}, new double[] {1, 2, 2})).isEqualTo(0.6193, within(1e-3));
        assertThat(RankTest.pValue(new double[] {7, 7}, new double[] {7, 7})).isEqualTo(1);
    }

    @Test
    void holmMultipliesTheSmallestByAllAndTheNextByThoseLeft() {
        assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03})).containsExactly(new double[] {0.03, 0.06, 0.06}, within(1e-12));
        assertThat(Holm.adjusted(new double[] {0.5, 0.9})).containsExactly(new double[] {1, 1}, within(1e-12));
        assertThat(Holm.adjusted(new double[0])).isEmpty();
    }

    @Test
    void aDifferenceOfTwoStandardErrorsIsBarelyFound() {
        var twice = new Difference(2, 1, 1e6);
        assertThat(twice.pValue()).isEqualTo(0.0455, within(1e-4));
        assertThat(twice.interval(0.95).low()).isEqualTo(0.04, within(1e-3));
        assertThat(twice.interval(0.95).high()).isEqualTo(3.96, within(1e-3));
        assertThat(new Difference(2, 1, 4).pValue()).as("few blocks, less sure").isEqualTo(0.1161, within(1e-4));
    }

    @Test
    void theDetectableDifferenceIsFoundWithItsPower() {
        var none = new Difference(0, 1, 1e6);
        // 1.960 + 0.842
        assertThat(none.detectable(0.95, 0.8)).isEqualTo(2.802, within(1e-3));
        assertThat(none.power(2.802, 0.95)).isEqualTo(0.8, within(1e-3));
        assertThat(none.power(0, 0.95)).isEqualTo(0.05, within(1e-4));
    }

    @Test
    void withoutSpreadOnlyEqualityIsNoDifference() {
        assertThat(new Difference(0, 0, 10).pValue()).isEqualTo(1);
        assertThat(new Difference(1e-9, 0, 10).pValue()).isZero();
    }
}
