package io.sagebench.report;

import io.sagebench.journal.RequestRecord;
import java.util.List;

/// Where the facts of each request are.
public sealed interface RawResults {
    /// The most requests a report holds itself, all policies together.
    int MOST_INLINE = 10_000;

    /// In the report itself.
    record Inline(List<WindowRecord> records) implements RawResults {
        public Inline {
            records = List.copyOf(records);
        }
    }

    /// In a file beside the report.
    ///
    /// @param name the file's name
    record InFile(String name) implements RawResults {}

    /// One request and the window it belongs to.
    record WindowRecord(MeasuredWindow window, RequestRecord request) {}
}
