package io.sagebench.benchmark.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.benchmark.experiment.RateSearch.Answer;
import io.sagebench.benchmark.experiment.RateSearch.Found;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateSearchTest {
    private final List<Double> tried = new ArrayList<>();
    private final RateSearch search = new RateSearch(1.05, 1.0 / 16, 1000);

    @Test
    void doublesThenBisects() {
        assertThat(upTo(70, 10)).isInstanceOfSatisfying(Found.Between.class, found -> {
            assertThat(found.holds()).isLessThanOrEqualTo(70);
            assertThat(found.fails()).isGreaterThan(70);
            assertThat(found.fails() / found.holds()).isLessThanOrEqualTo(1.05);
        });
        assertThat(tried.subList(0, 4)).containsExactly(10.0, 20.0, 40.0, 80.0);
        assertThat(tried.get(4)).as("the middle by ratio").isCloseTo(Math.sqrt(40 * 80), within(1e-9));
    }

    @Test
    void halvesWhenTheFirstRateFails() {
        assertThat(upTo(3, 10)).isInstanceOfSatisfying(Found.Between.class, found ->
                assertThat(found.holds()).isBetween(3 / 1.05, 3.0));
        assertThat(tried.subList(0, 3)).containsExactly(10.0, 5.0, 2.5);
    }

    @Test
    void saysWhenNoRateHolds() {
        assertThat(upTo(0, 16)).isEqualTo(new Found.Nowhere(1));
        assertThat(tried).containsExactly(16.0, 8.0, 4.0, 2.0, 1.0);
    }

    @Test
    void endsAtTheHighestRate() {
        assertThat(upTo(1e9, 400)).isEqualTo(new Found.Between(800, Double.POSITIVE_INFINITY));
    }

    @Test
    void endsWhenItIsStopped() {
        assertThat(search.from(10, rate -> rate < 40 ? Answer.HOLDS : Answer.STOPPED)).isEqualTo(new Found.Stopped());
        assertThat(search.from(10, _ -> Answer.STOPPED)).isEqualTo(new Found.Stopped());
    }

    @Test
    void wantsARatioAboveOne() {
        assertThatThrownBy(() -> new RateSearch(1, 0.1, 10)).hasMessageContaining("precision must be a ratio above 1");
    }

    private Found upTo(double limit, double first) {
        return search.from(first, rate -> {
            tried.add(rate);
            return rate <= limit ? Answer.HOLDS : Answer.FAILS;
        });
    }
}
