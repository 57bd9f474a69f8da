package io.sagebench.metrics;

import io.sagebench.time.TickPage;
import io.sagebench.time.TickSpan;
import java.util.HashMap;
import java.util.Map;

/// Counts the gaps between ticks that many spans share: a step of a batch is a gap of each request in it, but is counted once, with a weight.
/// So the cost grows with spans and steps, not with tokens; and old pages are counted out now and then, so memory does not grow with the run.
/// Belongs to one thread.
final class TickGaps {
    private static final int MOST_PAGES = 256;

    /// Takes gaps.
    @FunctionalInterface
    interface Taker {
        void add(long gapNanos, long times);
    }

    /// For each run of a page, by how much more spans cover it whole than cover the run before.
    private final Map<TickPage, int[]> covered = new HashMap<>();

    /// Counts the gaps within a span.
    void add(TickSpan span, Taker taker) {
        for (TickPage page = span.page(); page != null && page.firstTick() < span.to(); page = page.next()) {
            addOn(page, Math.max(span.from() + 1, page.firstTick()), Math.min(span.to(), page.endTick()), taker);
        }
        if (covered.size() > MOST_PAGES) {
            drain(taker);
        }
    }

    /// Counts the gaps that end at the ticks of a page from `from` to before `to`.
    private void addOn(TickPage page, long from, long to, Taker taker) {
        if (from >= to) {
            return;
        }
        int runBegin = page.runOf(from);
        if (page.firstTickOf(runBegin) < from) {
            runBegin++;
        }
        int runEnd = page.runOf(to - 1);
        if (page.firstTickOf(runEnd + 1) == to) {
            runEnd++;
        }
        if (runBegin >= runEnd) {
            addEach(page, from, to, taker);
            return;
        }
        addEach(page, from, page.firstTickOf(runBegin), taker);
        addEach(page, page.firstTickOf(runEnd), to, taker);
        int[] changes = covered.computeIfAbsent(page, _ -> new int[TickPage.MOST_RUNS + 1]);
        changes[runBegin]++;
        changes[runEnd]--;
    }

    /// Hands out all gaps counted so far, and begins anew.
    void drain(Taker taker) {
        covered.forEach((page, changes) -> {
            long times = 0;
            for (int run = 0; run < page.runs(); run++) {
                times += changes[run];
                if (times > 0) {
                    addRun(page, run, times, taker);
                }
            }
        });
        covered.clear();
    }

    private static void addRun(TickPage page, int run, long times, Taker taker) {
        long count = page.firstTickOf(run + 1) - page.firstTickOf(run);
        long before = run == 0 ? page.beforeNanos() : page.atNanos(page.firstTickOf(run) - 1);
        for (long i = 0; i < count; i++) {
            long nanos = page.atNanos(run, i);
            taker.add(nanos - before, times);
            before = nanos;
        }
    }

    private static void addEach(TickPage page, long from, long to, Taker taker) {
        for (long tick = from; tick < to; tick++) {
            long before = tick == page.firstTick() ? page.beforeNanos() : page.atNanos(tick - 1);
            taker.add(page.atNanos(tick) - before, 1);
        }
    }
}
