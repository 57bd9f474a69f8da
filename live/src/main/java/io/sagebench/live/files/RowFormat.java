package io.sagebench.live.files;

import io.sagebench.request.Priority;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// How the rows of a dataset are written.
interface RowFormat {

    /// What it is, in a few words.
    String description();

    /// What a row has. Mistakes are told; the row then counts for nothing.
    ///
    /// @param row     its text
    /// @param mistake hears of each
    Row read(String row, Consumer<String> mistake);

    /// A text and what belongs to it.
    ///
    /// @param system said before it
    /// @param answer tokens of the answer to ask for
    /// @param priority how urgent it is
    record Part(String text, Optional<String> system, OptionalInt answer, Optional<Priority> priority) {
        Part(String text) {
            this(text, Optional.empty(), OptionalInt.empty());
        }

        Part(String text, Optional<String> system, OptionalInt answer) {
            this(text, system, answer, Optional.empty());
        }

        /// Characters that count as tokens of the prompt.
        long characters() {
            return (long) text.length() + system.map(String::length).orElse(0);
        }
    }

    /// What a row has.
    ///
    /// @param id     unique in its file, when there is one
    /// @param parts  its prompts or texts, most often one; none when it is left out
    /// @param unused keys that mean nothing here
    record Row(Optional<String> id, List<Part> parts, List<String> unused) {
        static final Row NONE = new Row(Optional.empty(), List.of(), List.of());

        public Row {
            parts = List.copyOf(parts);
            unused = List.copyOf(unused);
        }
    }
}
