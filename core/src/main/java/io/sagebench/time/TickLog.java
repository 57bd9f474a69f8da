package io.sagebench.time;

/// A growing sequence of instants, *ticks*, kept as runs in closed form: within a run each interval is longer than the one before by the same
/// amount. So a million evenly growing steps take as much room as one. It only holds the pages from the time it has passed on; older ones live as
/// long as somebody refers to them.
///
/// Times are exact in units of 2^-16 nanoseconds, and a tick is read as the whole nanosecond it falls into. So a sequence gives the same
/// nanoseconds however it is cut into runs. Ticks are numbered from 0. Belongs to one thread.
public final class TickLog {
    /// Binary places of a nanosecond in exact times and intervals.
    public static final int FRACTION_BITS = 16;

    /// The longest run, in exact units: 19 hours, far from overflow.
    private static final double MOST_UNITS = 0x1p62;

    private TickPage last = new TickPage(0, 0);
    /// Where the ticks counted last were found.
    private TickPage found = last;
    private int foundRun;

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
        if (last.isFull()) {
            last = last.turn();
        }
        last.addRun(startNanos, startFraction, interval, growth, count);
    }

    /// Takes ticks back from the end of the last run, so that it keeps `count`, at least 1.
    public void cutLastRun(long count) {
        last.cutLastRun(count);
    }

    /// How many ticks there are.
    public long size() {
        return last.endTick();
    }

    /// The page that has the last run.
    public TickPage lastPage() {
        return last;
    }

    /// When a tick of the last page is, in nanoseconds.
    public long atNanos(long tick) {
        return last.atNanos(tick);
    }

    /// How much later than [#atNanos] a tick of the last page exactly is, in units of 2^-16 ns.
    public int fractionAt(long tick) {
        return last.fractionAt(tick);
    }

    /// How many ticks of the last run are at or before `nanos`.
    public long countInLastRun(long nanos) {
        return last.countInRun(last.runs() - 1, nanos);
    }

    /// How many ticks are at or before `nanos`, which must not be earlier than in any call before, of this or of [#passTo].
    public long countUntil(long nanos) {
        passTo(nanos);
        return found.runs() == 0 ? 0 : found.firstTickOf(foundRun) + found.countInRun(foundRun, nanos);
    }

    /// Lets go of the pages before the one that `nanos` is on: nobody will ask for an earlier time.
    public void passTo(long nanos) {
        TickPage following = found.next();
        while (following != null && following.runs() > 0 && following.atNanos(0, 0) <= nanos) {
            found = following;
            foundRun = 0;
            following = found.next();
        }
        while (foundRun + 1 < found.runs() && found.atNanos(foundRun + 1, 0) <= nanos) {
            foundRun++;
        }
    }

    /// How many pages it keeps alive by itself.
    public int pagesHeld() {
        int pages = 1;
        for (TickPage page = found.next(); page != null; page = page.next()) {
            pages++;
        }
        return pages;
    }
}
