package io.sagebench.benchmark;

import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.RecordSink;
import java.util.ArrayList;
import java.util.List;

/// Keeps every record for a test to look at.
final class Recording implements RecordSink {
    /// A window and what was measured in it.
    record Window(MeasuredWindow window, List<RequestRecord> records) {}

    private final List<Window> windows = new ArrayList<>();

    @Override
    public synchronized Journal open(MeasuredWindow window) {
        var opened = new Window(window, new ArrayList<>());
        windows.add(opened);
        return ended -> {
            synchronized (this) {
                opened.records().add(ended);
            }
        };
    }

    synchronized List<Window> windows() {
        return List.copyOf(windows);
    }

    synchronized int count() {
        return windows.stream().mapToInt(window -> window.records().size()).sum();
    }
}
