package io.sagebench.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.time.TickLog;
import io.sagebench.time.TickPage;
import io.sagebench.time.TickSpan;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickGapsTest {

    /// Spans that begin and end anywhere, over logs of runs of all lengths, against counting each gap of each span.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsEachGapOfEachSpan(long seed) {
        var chance = new SplittableRandom(seed);
        TickPage[] firstPages = {aLog(chance), aLog(chance)};
        var gaps = new TickGaps();
        Map<Long, Long> counted = new TreeMap<>();
        Map<Long, Long> expected = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            TickPage page = firstPages[chance.nextInt(2)];
            TickPage next = page.next();
            if (next != null && chance.nextBoolean()) {
                page = next;
            }
            long from = chance.nextLong(page.firstTick(), page.endTick());
            long to = chance.nextLong(from + 1, lastPage(page).endTick() + 1);
            gaps.add(new TickSpan(page, from, to, 5), (gap, times) -> counted.merge(gap, times, Long::sum));
            for (long tick = from + 1; tick < to; tick++) {
                expected.merge(page.atNanos(tick) - page.atNanos(tick - 1), 1L, Long::sum);
            }
            if (i == 150) {
                gaps.drain((gap, times) -> counted.merge(gap, times, Long::sum));
            }
        }
        gaps.drain((gap, times) -> counted.merge(gap, times, Long::sum));
        assertThat(counted).isEqualTo(expected);
        gaps.drain((_, _) -> {
            throw new AssertionError("drained already");
        });
    }

    private static TickPage lastPage(TickPage page) {
        TickPage next = page.next();
        return next == null ? page : lastPage(next);
    }

    /// The first page of a log of three.
    private static TickPage aLog(SplittableRandom chance) {
        var log = new TickLog();
        TickPage first = log.lastPage();
        long nanos = 0;
        for (int i = 0; i < 2.5 * TickPage.MOST_RUNS; i++) {
            log.addRun(nanos, 0, chance.nextLong(1, 1_000) << TickLog.FRACTION_BITS, chance.nextLong(3), chance.nextLong(1, 9));
            nanos = log.atNanos(log.size() - 1);
        }
        return first;
    }
}
