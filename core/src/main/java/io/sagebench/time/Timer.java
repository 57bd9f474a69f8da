package io.sagebench.time;

/// One action that can be armed for a time, again and again. Belongs to the timeline that made it.
public interface Timer {

    /// Fires at `whenNanos`, or as soon as possible when that has passed. Replaces an earlier arming.
    void armAt(long whenNanos);

    /// Does not fire any more until armed again. Harmless when it is not armed.
    void cancel();

    /// Whether it will fire.
    boolean isArmed();
}
