package io.sagebench.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A part of a [TickLog]: some runs, and the link to the page after it. Who holds a page holds those after it; those before it can be collected.
public final class TickPage {
    /// Runs that fit onto a page.
    public static final int MOST_RUNS = 256;

    private static final long FRACTION_MASK = (1L << TickLog.FRACTION_BITS) - 1;

    private final long[] firstTicks = new long[MOST_RUNS];
    private final long[] startNanos = new long[MOST_RUNS];
    private final int[] startFractions = new int[MOST_RUNS];
    private final long[] intervals = new long[MOST_RUNS];
    private final long[] growths = new long[MOST_RUNS];
    private final long beforeNanos;
    private int runs;
    private long end;
    private @Nullable TickPage next;

    /// @param firstTick   number of its first tick to come
    /// @param beforeNanos when the tick before that was; anything for the first page
    TickPage(long firstTick, long beforeNanos) {
        this.end = firstTick;
        this.beforeNanos = beforeNanos;
    }

    void addRun(long startNanos, int startFraction, long interval, long growth, long count) {
        firstTicks[runs] = end;
        this.startNanos[runs] = startNanos;
        startFractions[runs] = startFraction;
        intervals[runs] = interval;
        growths[runs] = growth;
        runs++;
        end += count;
    }

    void cutLastRun(long count) {
        long kept = firstTicks[runs - 1] + count;
        if (count < 1 || kept > end) {
            throw new IllegalArgumentException("the last run has " + (end - firstTicks[runs - 1]) + " ticks, not " + count);
        }
        end = kept;
    }

    boolean isFull() {
        return runs == firstTicks.length;
    }

    TickPage turn() {
        var page = new TickPage(end, atNanos(runs - 1, end - 1 - firstTicks[runs - 1]));
        next = page;
        return page;
    }

    /// The page after this one; null when this is the last.
    public @Nullable TickPage next() {
        return next;
    }

    /// How many runs it has.
    public int runs() {
        return runs;
    }

    /// The number of its first tick; [#endTick] while it has none.
    public long firstTick() {
        return runs == 0 ? end : firstTicks[0];
    }

    /// The number after its last tick.
    public long endTick() {
        return end;
    }

    /// The number of the first tick of a run; [#endTick] for the run after the last.
    public long firstTickOf(int run) {
        return run == runs ? end : firstTicks[run];
    }

    /// The run that one of its ticks belongs to.
    public int runOf(long tick) {
        int run = Arrays.binarySearch(firstTicks, 0, runs, tick);
        return run >= 0 ? run : -run - 2;
    }

    /// When a tick on this page or a later one is, in nanoseconds.
    public long atNanos(long tick) {
        TickPage page = this;
        while (tick >= page.end && page.next != null) {
            page = page.next;
        }
        int run = page.runOf(tick);
        return page.atNanos(run, tick - page.firstTicks[run]);
    }

    /// When the tick number `index` of a run is, in nanoseconds.
    public long atNanos(int run, long index) {
        return startNanos[run] + (units(run, index) >> TickLog.FRACTION_BITS);
    }

    /// When the tick before its first was, in nanoseconds. Not for the first page of all.
    public long beforeNanos() {
        return beforeNanos;
    }

    int fractionAt(long tick) {
        int run = runOf(tick);
        return (int) (units(run, tick - firstTicks[run]) & FRACTION_MASK);
    }

    /// How many ticks of a run are at or before `nanos`.
    long countInRun(int run, long nanos) {
        long low = 0;
        long high = firstTickOf(run + 1) - firstTicks[run];
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (atNanos(run, middle) <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long units(int run, long index) {
        return startFractions[run] + (index + 1) * intervals[run] + growths[run] * (index * (index + 1) / 2);
    }
}
