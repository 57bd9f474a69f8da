package io.sagebench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Against the tables that every textbook prints.
class ProbabilityTest {
    @Test
    void knowsTheNormalDistribution() {
        assertThat(Probability.normalCdf(0)).isEqualTo(0.5, within(1e-12));
        assertThat(Probability.normalCdf(1.96)).isEqualTo(0.9750021048517795, within(1e-10));
        assertThat(Probability.normalCdf(-3)).isEqualTo(0.0013498980316301, within(1e-10));
        assertThat(Probability.normalQuantile(0.975)).isEqualTo(1.959963984540054, within(1e-8));
    }

    @Test
    void knowsStudentsDistribution() {
        assertThat(Probability.studentQuantile(0.975, 1)).isEqualTo(12.706204736, within(1e-6));
        assertThat(Probability.studentQuantile(0.975, 4)).isEqualTo(2.776445105, within(1e-8));
        assertThat(Probability.studentQuantile(0.8, 10)).isEqualTo(0.879057828, within(1e-8));
        assertThat(Probability.studentQuantile(0.025, 1e6)).isEqualTo(-1.96, within(1e-3));
        assertThat(Probability.studentCdf(0, 3)).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void knowsTheBinomialDistribution() {
        assertThat(Probability.binomialCdf(1, 10, 0.5)).isEqualTo(11.0 / 1024, within(1e-12));
        assertThat(Probability.binomialCdf(-1, 10, 0.5)).isZero();
        assertThat(Probability.binomialCdf(10, 10, 0.5)).isEqualTo(1);
        assertThat(Probability.binomialCdf(0, 299, 0.99)).isEqualTo(Math.pow(0.01, 299), within(1e-300));
        assertThat(Probability.binomialCdf(298, 299, 0.99)).isEqualTo(1 - Math.pow(0.99, 299), within(1e-10));
    }

    @Test
    void aMillionTrialsAreNoTrouble() {
        // mean 990,000, standard deviation 99.5; continuity correction
        double z = (990_100.5 - 990_000) / Math.sqrt(1e6 * 0.99 * 0.01);
        assertThat(Probability.binomialCdf(990_100, 1_000_000, 0.99)).isEqualTo(Probability.normalCdf(z), within(1e-3));
    }

    @Test
    void refusesProbabilitiesThatHaveNoQuantile() {
        assertThatThrownBy(() -> Probability.normalQuantile(1)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> Probability.normalQuantile(Double.NaN)).hasMessageContaining("NaN");
    }
}
