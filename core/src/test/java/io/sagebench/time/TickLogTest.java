package io.sagebench.time;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickLogTest {
    private static final long NANO = 1L << TickLog.FRACTION_BITS;

    @Test
    void aRunGrowsByTheSameAmountFromTickToTick() {
        var log = new TickLog();
        log.addRun(100, 0, 10 * NANO, 3 * NANO, 4);
        // intervals of 10, 13, 16 and 19 ns
        assertThat(times(log)).containsExactly(110L, 123L, 139L, 158L);
    }

    @Test
    void fractionsOfNanosecondsAddUp() {
        var log = new TickLog();
        log.addRun(0, (int) NANO / 2, NANO + NANO / 4, 0, 4);
        // exactly 1.75, 3, 4.25 and 5.5 ns
        assertThat(times(log)).containsExactly(1L, 3L, 4L, 5L);
        assertThat(log.fractionAt(0)).isEqualTo((int) (NANO * 3 / 4));
        assertThat(log.fractionAt(3)).isEqualTo((int) NANO / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesTheSameTimesHoweverItIsCutIntoRuns(long seed) {
        var chance = new SplittableRandom(seed);
        long interval = chance.nextLong(1, 1_000 * NANO);
        long growth = chance.nextLong(10 * NANO);
        var whole = new TickLog();
        whole.addRun(7, 11, interval, growth, 500);
        var cut = new TickLog();
        long nanos = 7;
        int fraction = 11;
        while (cut.size() < 500) {
            long count = Math.min(chance.nextLong(1, 40), 500 - cut.size());
            cut.addRun(nanos, fraction, interval + cut.size() * growth, growth, count);
            nanos = cut.atNanos(cut.size() - 1);
            fraction = cut.fractionAt(cut.size() - 1);
        }
        assertThat(times(cut)).isEqualTo(times(whole));
    }

    @Test
    void countsTheTicksUntilATime() {
        var log = new TickLog();
        assertThat(log.countUntil(1_000)).isZero();
        log.addRun(0, 0, 10 * NANO, 0, 3);
        log.addRun(100, 0, 10 * NANO, 0, 3);
        // ticks at 10, 20, 30, 110, 120, 130
        assertThat(log.countUntil(9)).isZero();
        assertThat(log.countUntil(10)).isEqualTo(1);
        assertThat(log.countUntil(109)).isEqualTo(3);
        assertThat(log.countUntil(125)).isEqualTo(5);
        assertThat(log.countUntil(10_000)).isEqualTo(6);
    }

    @Test
    void ticksOfTheLastRunCanBeTakenBack() {
        var log = new TickLog();
        log.addRun(0, 0, 10 * NANO, 0, 5);
        log.cutLastRun(2);
        log.addRun(20, 0, NANO, 0, 1);
        assertThat(times(log)).containsExactly(10L, 20L, 21L);
        assertThatThrownBy(() -> log.cutLastRun(2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void turnsPagesAndReadsOnFromOneToTheNext() {
        var log = new TickLog();
        TickPage first = log.lastPage();
        for (int i = 0; i < 3 * TickPage.MOST_RUNS; i++) {
            log.addRun(i * 100L, 0, 10 * NANO, 0, 1 + i % 3);
        }
        assertThat(log.lastPage()).isNotSameAs(first);
        assertThat(first.next()).isNotNull();
        assertThat(log.size()).isEqualTo(2L * 3 * TickPage.MOST_RUNS);
        long tick = 0;
        for (int i = 0; i < 3 * TickPage.MOST_RUNS; i++) {
            for (int j = 0; j <= i % 3; j++) {
                assertThat(first.atNanos(tick)).isEqualTo(i * 100L + 10L * (j + 1));
                assertThat(log.countUntil(i * 100L + 10L * (j + 1))).isEqualTo(++tick);
            }
        }
        TickPage second = requireNonNull(first.next());
        assertThat(second.firstTick()).isEqualTo(first.endTick());
        assertThat(second.beforeNanos()).isEqualTo(first.atNanos(first.endTick() - 1));
        for (int run = 0; run < second.runs(); run++) {
            assertThat(second.runOf(second.firstTickOf(run))).isEqualTo(run);
            assertThat(second.runOf(second.firstTickOf(run + 1) - 1)).isEqualTo(run);
        }
    }

    @Test
    void longRunsAreCutBeforeTheyOverflow() {
        assertThat(TickLog.mostTicks(NANO, 0, 1_000_000)).isEqualTo(1_000_000);
        long hourLongSteps = 3_600_000_000_000L * NANO;
        long most = TickLog.mostTicks(hourLongSteps, 0, 1_000_000);
        assertThat(most).isBetween(5L, 30L);
        var log = new TickLog();
        log.addRun(0, 0, hourLongSteps, 0, most);
        assertThat(log.atNanos(most - 1)).isEqualTo(most * 3_600_000_000_000L);
    }

    private static List<Long> times(TickLog log) {
        var times = new ArrayList<Long>();
        for (long tick = 0; tick < log.size(); tick++) {
            times.add(log.atNanos(tick)); // all on one page here
        }
        return times;
    }
}
