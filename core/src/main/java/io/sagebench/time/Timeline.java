package io.sagebench.time;

/// The only source of time and of "later". Actions run one at a time, in the order of their times and, at equal times, in the order they
/// were armed, but those of early timers first; an action never blocks.
///
/// All methods are called from the timeline's own actions, or before it runs. An action that throws ends the run.
public interface Timeline {

    /// Now, in nanoseconds since the run began. Never runs backwards.
    long nowNanos();

    /// A timer that runs `action` each time it fires. It is not armed yet; arming it again allocates nothing.
    Timer timer(Runnable action);

    /// A timer that, at equal times, fires before all that are not early: for those whose effects must not depend on when they were armed.
    ///
    /// @param rank among early timers, from 0 on; lower ones fire first, and of the same rank those made first
    Timer earlyTimer(int rank, Runnable action);

    /// Runs `action` at `whenNanos`, or as soon as possible when that has passed.
    ///
    /// @return the armed timer, to cancel it
    default Timer at(long whenNanos, Runnable action) {
        Timer timer = timer(action);
        timer.armAt(whenNanos);
        return timer;
    }

    /// Runs `action` after `delayNanos`.
    default Timer after(long delayNanos, Runnable action) {
        return at(nowNanos() + delayNanos, action);
    }
}
