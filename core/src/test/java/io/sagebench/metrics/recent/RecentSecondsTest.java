package io.sagebench.metrics.recent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecentSecondsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final RecentSeconds recent = new RecentSeconds(10);

    @Test
    void countsWhatEndedInEachSecond() {
        recent.inForce("fifo");
        recent.completed(SECOND / 2, true, 10);
        recent.completed(SECOND / 2, false, 20);
        recent.failed(2 * SECOND);
        recent.inFlight(2 * SECOND, 7);
        recent.queued(2 * SECOND, 3);
        List<RecentPoint> points = recent.until(2 * SECOND + 1, 1);
        assertThat(points).extracting(RecentPoint::second).containsExactly(0L, 1L, 2L);
        assertThat(points).extracting(RecentPoint::completed).containsExactly(2, 0, 0);
        assertThat(points).extracting(RecentPoint::met).containsExactly(1, 0, 0);
        assertThat(points).extracting(RecentPoint::errors).containsExactly(0, 0, 1);
        assertThat(points).extracting(RecentPoint::outputTokens).containsExactly(30L, 0L, 0L);
        assertThat(points).extracting(RecentPoint::inFlight).containsExactly(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(7));
        assertThat(points).extracting(RecentPoint::queued).containsExactly(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(3));
    }

    @Test
    void takesPercentilesOverAWindowThatSlides() {
        recent.firstToken(0, 100 * MILLI);
        recent.firstToken(SECOND, 200 * MILLI);
        recent.tokenGap(2 * SECOND, 20 * MILLI);
        List<RecentPoint> points = recent.until(3 * SECOND, 2);
        assertThat(points).extracting(point -> point.ttft().count()).containsExactly(1L, 2L, 1L, 0L);
        assertThat(points).extracting(point -> point.tpot().count()).containsExactly(0L, 0L, 1L, 1L);
        assertThat((double) points.get(1).ttft().p99Nanos()).isCloseTo(200.0 * MILLI, within(4.0 * MILLI));
        assertThat((double) points.get(1).ttft().p50Nanos()).isCloseTo(100.0 * MILLI, within(2.0 * MILLI));
    }

    @Test
    void forgetsWhatIsOlderThanItReaches() {
        recent.completed(0, true, 1);
        recent.completed(12 * SECOND, true, 1);
        recent.completed(2 * SECOND, true, 1); // its place is taken by second 12
        assertThat(recent.until(12 * SECOND, 1)).singleElement().extracting(RecentPoint::second).isEqualTo(12L);
        assertThat(recent.until(20 * SECOND, 1)).hasSize(9);
    }

    @Test
    void saysWhichPolicyWasInForceWhen() {
        recent.inForce("fifo");
        recent.completed(0, true, 1);
        recent.inForce("vtc");
        recent.completed(2 * SECOND, true, 1);
        assertThat(recent.until(2 * SECOND, 1)).extracting(RecentPoint::policy).containsExactly("fifo", "fifo", "vtc");
    }

    @Test
    void beginsWithNowWhenNothingIsKnown() {
        assertThat(recent.until(5 * SECOND, 3)).singleElement().satisfies(point -> {
            assertThat(point.completed()).isZero();
            assertThat(point.ttft().isKnown()).isFalse();
            assertThat(point.inFlight()).isEmpty();
        });
    }
}
