package io.sagebench.benchmark.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentilesTest {
    /// ln 0.025 / ln 0.999 = 3687.04, and so on.
    @Test
    void needSamplesBeyondThem() {
        assertThat(Percentiles.fewest(50)).isEqualTo(6);
        assertThat(Percentiles.fewest(90)).isEqualTo(36);
        assertThat(Percentiles.fewest(95)).isEqualTo(72);
        assertThat(Percentiles.fewest(99)).isEqualTo(368);
        assertThat(Percentiles.fewest(99.9)).isEqualTo(3688);
    }

    @Test
    void areKnownFromAsManyOn() {
        assertThat(Percentiles.isKnown(99.9, 3687)).isFalse();
        assertThat(Percentiles.isKnown(99.9, 3688)).isTrue();
    }
}
