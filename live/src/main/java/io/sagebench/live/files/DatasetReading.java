package io.sagebench.live.files;

import io.sagebench.workload.PromptPool;
import java.util.List;

/// What came of reading a dataset.
public sealed interface DatasetReading {

    /// It was read.
    ///
    /// @param pool   its prompts or texts; their contents stay in the file
    /// @param format what it is, in a few words
    /// @param notes  what a person should know: rows that were left out, keys that are not used
    record Loaded(PromptPool pool, String format, List<String> notes) implements DatasetReading {
        public Loaded {
            notes = List.copyOf(notes);
        }
    }

    /// It was not.
    ///
    /// @param messages all mistakes, each with the file and the line where there is one; at least one
    record Unreadable(List<String> messages) implements DatasetReading {
        public Unreadable {
            messages = List.copyOf(messages);
        }
    }
}
