package io.sagebench.live.files;

import io.sagebench.workload.Trace;

/// What came of reading a trace file.
public sealed interface TraceReading {

    /// It was read.
    ///
    /// @param trace        its requests, as far as the limit allows
    /// @param raisedToOne  how many of them had a length of 0 tokens, which was read as 1: every request of ours has a prompt and an answer
    record Loaded(Trace trace, int raisedToOne) implements TraceReading {}

    /// It was not.
    ///
    /// @param message the file, the line where there is one, and what is expected there
    record Unreadable(String message) implements TraceReading {}
}
