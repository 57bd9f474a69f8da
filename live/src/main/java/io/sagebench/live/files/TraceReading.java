package io.sagebench.live.files;

import io.sagebench.workload.Trace;
import java.util.List;

/// What came of reading a trace file.
public sealed interface TraceReading {

    /// It was read.
    ///
    /// @param trace        its requests, as far as the limit allows
    /// @param format       what it is, in a few words
    /// @param raisedToOne  how many of them had a length of 0 tokens, which was read as 1: every request of ours has a prompt and an answer
    /// @param extraBlocks  how many of them named more blocks than their prompts have room for, of which the last were left out
    record Loaded(Trace trace, String format, int raisedToOne, int extraBlocks) implements TraceReading {}

    /// It was not.
    ///
    /// @param messages all mistakes: the file, the line where there is one, and what is expected there; at least one
    record Unreadable(List<String> messages) implements TraceReading {
        public Unreadable {
            messages = List.copyOf(messages);
        }
    }
}
