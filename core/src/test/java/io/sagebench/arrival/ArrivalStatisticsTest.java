package io.sagebench.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArrivalStatisticsTest {

    /// Gaps of 1, 1 and 4: mean 2, sample variance 3. Whole windows of 2 with 2, 1 and 0 arrivals: mean 1, sample variance 1.
    @Test
    void agreesWithAnswersWorkedOutByHand() {
        var statistics = new ArrivalStatistics(2);
        for (long at : new long[] {0, 1, 2, 6}) {
            statistics.add(at);
        }
        assertThat(statistics.count()).isEqualTo(4);
        assertThat(statistics.spanNanos()).isEqualTo(6);
        assertThat(statistics.ratePerSecond()).hasValue(0.5e9);
        assertThat(statistics.gapVariation().orElseThrow()).isCloseTo(Math.sqrt(3) / 2, within(1e-12));
        assertThat(statistics.dispersion().orElseThrow()).isCloseTo(1, within(1e-12));
    }

    @Test
    void saysNothingOfTooFewTimes() {
        var statistics = new ArrivalStatistics(10);
        statistics.add(5);
        statistics.add(5);
        statistics.add(5);
        assertThat(statistics.ratePerSecond()).isEmpty();
        assertThat(statistics.gapVariation()).isEmpty();
        assertThat(statistics.dispersion()).isEmpty();
    }

    @Test
    void refusesATimeBeforeTheLast() {
        var statistics = new ArrivalStatistics(10);
        statistics.add(5);
        assertThatThrownBy(() -> statistics.add(4)).hasMessage("the next time must be at least 5, but was 4");
    }
}
