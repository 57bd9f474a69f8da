package io.sagebench.metrics;

import io.sagebench.time.TickLog;
import io.sagebench.time.TickSpan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Counts the gaps between ticks that many spans share: a step of a batch is a gap of each request in it, but is counted once, with a weight.
/// So the cost grows with spans and steps, not with tokens. Belongs to one thread.
final class TickGaps {
    /// Takes gaps.
    @FunctionalInterface
    interface Taker {
        void add(long gapNanos, long times);
    }

    /// For each run of a log, by how much more spans cover it whole than cover the run before.
    private final Map<TickLog, long[]> covered = new HashMap<>();

    /// Counts the gaps within a span.
    ///
    /// @param one takes those at its ends that are not a whole run's
    void add(TickSpan span, Taker one) {
        TickLog log = span.log();
        long last = span.to() - 1;
        int runBegin = log.runOf(span.from()) + 1;
        int runEnd = log.runOf(last); // whole runs are those from runBegin to before it, and it too if the span ends with it
        if (log.firstTickOf(runEnd + 1) == span.to()) {
            runEnd++;
        }
        if (runBegin >= runEnd) {
            addEach(log, span.from() + 1, span.to(), one);
            return;
        }
        addEach(log, span.from() + 1, log.firstTickOf(runBegin), one);
        addEach(log, Math.max(span.from() + 1, log.firstTickOf(runEnd)), span.to(), one);
        long[] changes = covered.computeIfAbsent(log, _ -> new long[64]);
        if (runEnd >= changes.length) {
            changes = Arrays.copyOf(changes, Math.max(runEnd + 1, changes.length * 2));
            covered.put(log, changes);
        }
        changes[runBegin]++;
        changes[runEnd]--;
    }

    /// Hands out all gaps counted so far, and begins anew.
    void drain(Taker taker) {
        covered.forEach((log, changes) -> {
            long times = 0;
            int runs = Math.min(changes.length, log.runs());
            for (int run = 0; run < runs; run++) {
                times += changes[run];
                if (times > 0) {
                    addRun(log, run, times, taker);
                }
            }
        });
        covered.clear();
    }

    private static void addRun(TickLog log, int run, long times, Taker taker) {
        long count = log.firstTickOf(run + 1) - log.firstTickOf(run);
        long before = log.atNanos(log.firstTickOf(run) - 1);
        for (long i = 0; i < count; i++) {
            long nanos = log.atNanos(run, i);
            taker.add(nanos - before, times);
            before = nanos;
        }
    }

    /// Counts the gaps that end at the ticks from `from` to before `to`.
    private static void addEach(TickLog log, long from, long to, Taker one) {
        for (long tick = from; tick < to; tick++) {
            one.add(log.atNanos(tick) - log.atNanos(tick - 1), 1);
        }
    }
}
