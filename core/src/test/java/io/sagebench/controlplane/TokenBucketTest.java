package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void letsTheBurstPassAtOnceAndThenOneEachPeriod() {
        var bucket = new TokenBucket(2, 3, 0);
        int passed = 0;
        for (long now = 0; now <= 10 * SECOND; now += SECOND / 10) {
            while (bucket.waitNanos(now) == 0) {
                bucket.take(now);
                passed++;
            }
        }
        assertThat(passed).as("3 at once and 2 a second").isEqualTo(23);
    }

    @Test
    void saysHowLongToWait() {
        var bucket = new TokenBucket(4, 1, 0);
        bucket.take(0);
        assertThat(bucket.waitNanos(0)).isEqualTo(SECOND / 4);
        assertThat(bucket.waitNanos(SECOND / 5)).isEqualTo(SECOND / 20);
        assertThat(bucket.waitNanos(SECOND / 4)).isZero();
    }

    @Test
    void aLongPauseGivesNoMoreThanTheBurst() {
        var bucket = new TokenBucket(100, 2, 0);
        bucket.take(1_000 * SECOND);
        bucket.take(1_000 * SECOND);
        assertThat(bucket.waitNanos(1_000 * SECOND)).isPositive();
    }
}
