package io.sagebench.time;

import static io.sagebench.time.FarTime.FARTHEST_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FarTimeTest {
    @Test
    void reckonsAsUsualWhatNanosecondsCanCount() {
        assertThat(FarTime.sum(5, 7)).isEqualTo(12);
        assertThat(FarTime.sum(5, -7)).isEqualTo(-2);
        assertThat(FarTime.sum(FARTHEST_NANOS - 1, 1)).isEqualTo(FARTHEST_NANOS);
        assertThat(FarTime.product(3, 7)).isEqualTo(21);
        assertThat(FarTime.product(0, Long.MAX_VALUE)).isZero();
        assertThat(FarTime.product(1, FARTHEST_NANOS)).isEqualTo(FARTHEST_NANOS);
    }

    @Test
    void whatIsTooFarNeverWrapsIntoThePast() {
        assertThat(FarTime.sum(1, Long.MAX_VALUE)).isEqualTo(FARTHEST_NANOS);
        assertThat(FarTime.sum(FARTHEST_NANOS, FARTHEST_NANOS)).isEqualTo(FARTHEST_NANOS);
        assertThat(FarTime.product(106_752, 86_400_000_000_000L)).isEqualTo(FARTHEST_NANOS); // 2^63 ns are 106,751.99 days
        assertThat(FarTime.product(2, Long.MAX_VALUE)).isEqualTo(FARTHEST_NANOS);
    }
}
