package io.sagebench.report.chart.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void areRoundNumbersWithAsManyDecimalsAsTheirStepNeeds() {
        assertThat(Ticks.of(new Range(0, 103), false, 6).labels()).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(Ticks.of(new Range(0, 1), false, 5).labels()).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(Ticks.of(new Range(0, 40_000), false, 4).labels()).containsExactly("0", "10k", "20k", "30k", "40k");
        assertThat(Ticks.of(new Range(-1, 1), false, 2).labels()).containsExactly("-1", "0", "1");
        assertThat(Ticks.of(new Range(0, 1e-5), false, 2).labels()).containsExactly("0.000000", "0.000005", "0.000010");
    }

    @Test
    void ofEqualRatiosAreOneTwoAndFive() {
        assertThat(Ticks.of(new Range(8, 120), true, 10).labels()).containsExactly("10", "20", "50", "100");
        assertThat(Ticks.of(new Range(1, 1e8), true, 5).values()).as("decades only").containsExactly(1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8);
        assertThat(Ticks.of(new Range(11, 19), true, 4).labels()).as("too few of them").containsExactly("12", "14", "16", "18");
    }
}
