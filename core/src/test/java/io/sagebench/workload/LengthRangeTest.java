package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.random.Seed;
import org.junit.jupiter.api.Test;

class LengthRangeTest {

    /// Chi-square over 150 equally likely lengths: mean 149, standard deviation sqrt(2 * 149) = 17.3; 200 is the 99.6th percentile.
    @Test
    void drawsEachLengthOfTheClosedRangeEquallyOften() {
        var range = new LengthRange(51, 200);
        var chance = new Seed(3).generator();
        int draws = 150_000;
        int[] counts = new int[201];
        for (int i = 0; i < draws; i++) {
            counts[range.draw(chance)]++;
        }
        double expected = draws / 150.0;
        double chiSquare = 0;
        for (int length = 0; length < counts.length; length++) {
            if (length < 51) {
                assertThat(counts[length]).isZero();
            } else {
                chiSquare += (counts[length] - expected) * (counts[length] - expected) / expected;
            }
        }
        assertThat(counts[51]).isPositive();
        assertThat(counts[200]).isPositive();
        assertThat(chiSquare).isBetween(100.0, 200.0);
    }

    @Test
    void aRangeOfOneLengthDrawsThatLength() {
        assertThat(new LengthRange(5, 5).draw(new Seed(1).generator())).isEqualTo(5);
    }

    @Test
    void refusesAnEmptyOrBackwardRange() {
        assertThatThrownBy(() -> new LengthRange(0, 5)).hasMessage("the shortest length must be at least 1, but was 0");
        assertThatThrownBy(() -> new LengthRange(6, 5)).hasMessage("the longest length must be at least 6, but was 5");
    }
}
