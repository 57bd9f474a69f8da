package io.sagebench.time;

import java.util.Arrays;

/// A growing sequence of instants, *ticks*, kept as runs in closed form: within a run each interval is longer than the one before by the same
/// amount. So a million evenly growing steps take as much room as one.
///
/// Times are exact in units of 2^-16 nanoseconds, and a tick is read as the whole nanosecond it falls into. So a sequence gives the same
/// nanoseconds however it is cut into runs. Ticks are numbered from 0. Belongs to one thread.
public final class TickLog {
    /// Binary places of a nanosecond in exact times and intervals.
    public static final int FRACTION_BITS = 16;

    private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
    /// The longest run, in exact units: 19 hours, far from overflow.
    private static final double MOST_UNITS = 0x1p62;

    private long[] firstTicks = new long[16];
    private long[] startNanos = new long[16];
    private int[] startFractions = new int[16];
    private long[] intervals = new long[16];
    private long[] growths = new long[16];
    private int runs;
    private long size;
    private int lastFound;

    /// How many of `wanted` ticks fit into one run: fewer only when they would span many hours.
    ///
    /// @param interval until the first tick, in units of 2^-16 ns, at least 1
    /// @param growth   of the interval from tick to tick, in the same units, not negative
    public static long mostTicks(long interval, long growth, long wanted) {
        long count = wanted;
        while (count > 1 && count * ((double) interval + growth * (double) count) > MOST_UNITS) {
            count /= 2;
        }
        return count;
    }

    /// Adds a run.
    ///
    /// @param startNanos    when the interval before its first tick begins
    /// @param startFraction of a nanosecond to add, in units of 2^-16
    /// @param interval      until the first tick, in units of 2^-16 ns, at least 1
    /// @param growth        of the interval from tick to tick, in the same units
    /// @param count         ticks, at least 1
    public void addRun(long startNanos, int startFraction, long interval, long growth, long count) {
        if (runs == firstTicks.length) {
            int room = runs * 2;
            firstTicks = Arrays.copyOf(firstTicks, room);
            this.startNanos = Arrays.copyOf(this.startNanos, room);
            startFractions = Arrays.copyOf(startFractions, room);
            intervals = Arrays.copyOf(intervals, room);
            growths = Arrays.copyOf(growths, room);
        }
        firstTicks[runs] = size;
        this.startNanos[runs] = startNanos;
        startFractions[runs] = startFraction;
        intervals[runs] = interval;
        growths[runs] = growth;
        runs++;
        size += count;
    }

    /// Takes ticks back from the end of the last run, so that it keeps `count`, at least 1.
    public void cutLastRun(long count) {
        long kept = firstTicks[runs - 1] + count;
        if (count < 1 || kept > size) {
            throw new IllegalArgumentException("the last run has " + (size - firstTicks[runs - 1]) + " ticks, not " + count);
        }
        size = kept;
    }

    /// How many ticks there are.
    public long size() {
        return size;
    }

    /// How many runs there are.
    public int runs() {
        return runs;
    }

    /// The number of the first tick of a run, counted from the oldest run kept; the size for the run after the last.
    public long firstTickOf(int run) {
        return run == runs ? size : firstTicks[run];
    }

    /// The run that a tick belongs to. Quickest for late ticks.
    public int runOf(long tick) {
        int reach = 1;
        while (reach < runs && firstTicks[runs - reach] > tick) {
            reach *= 2;
        }
        int run = Arrays.binarySearch(firstTicks, Math.max(0, runs - reach), runs, tick);
        return run >= 0 ? run : -run - 2;
    }

    /// When a tick is, in nanoseconds.
    public long atNanos(long tick) {
        int run = runOf(tick);
        return atNanos(run, tick - firstTicks[run]);
    }

    /// When the tick number `index` of a run is, in nanoseconds.
    public long atNanos(int run, long index) {
        return startNanos[run] + (units(run, index) >> FRACTION_BITS);
    }

    /// How much later than [#atNanos] a tick exactly is, in units of 2^-16 ns.
    public int fractionAt(long tick) {
        int run = runOf(tick);
        return (int) (units(run, tick - firstTicks[run]) & FRACTION_MASK);
    }

    /// How many ticks are at or before `nanos`. Quick when asked for later and later times.
    public long countUntil(long nanos) {
        if (runs == 0) {
            return 0;
        }
        int run = Math.min(lastFound, runs - 1);
        while (run > 0 && atNanos(run, 0) > nanos) {
            run--;
        }
        while (run + 1 < runs && atNanos(run + 1, 0) <= nanos) {
            run++;
        }
        lastFound = run;
        return firstTicks[run] + countInRun(run, nanos);
    }

    /// How many ticks of a run are at or before `nanos`.
    public long countInRun(int run, long nanos) {
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

    /// Forgets all runs but the last `kept`. Only for those who know that nobody refers to their ticks.
    public void keepLast(int kept) {
        int dropped = runs - kept;
        if (dropped <= 0) {
            return;
        }
        System.arraycopy(firstTicks, dropped, firstTicks, 0, kept);
        System.arraycopy(startNanos, dropped, startNanos, 0, kept);
        System.arraycopy(startFractions, dropped, startFractions, 0, kept);
        System.arraycopy(intervals, dropped, intervals, 0, kept);
        System.arraycopy(growths, dropped, growths, 0, kept);
        runs = kept;
    }

    private long units(int run, long index) {
        return startFractions[run] + (index + 1) * intervals[run] + growths[run] * (index * (index + 1) / 2);
    }
}
