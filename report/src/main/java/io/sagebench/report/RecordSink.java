package io.sagebench.report;

import io.sagebench.journal.Journal;
import io.sagebench.monitor.WatchedWindow;

/// Takes the records of measured requests, window by window.
@FunctionalInterface
public interface RecordSink {
    /// Keeps nothing.
    RecordSink NONE = _ -> _ -> {};

    /// The journal for the requests of one measured window. Windows follow one another: opening one ends the window before. Warm-up requests
    /// belong to no window. The journal is quick and does not wait for a disk unless that is far behind.
    Journal open(MeasuredWindow window);

    /// What was seen of machines in a window, when it has ended; called only when something was watched.
    default void watched(MeasuredWindow window, WatchedWindow seen) {}
}
