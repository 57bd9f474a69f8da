package io.sagebench.live.files;

import java.util.Optional;
import java.util.function.Consumer;

/// How the rows of a trace are written.
interface TraceRows {

    /// What it is, in a few words.
    String description();

    /// Tokens of a block, where rows have blocks.
    int blockTokens();

    /// What a row says; absent, after telling why, when it says nothing that can be used.
    Optional<TraceRow> read(String row, Consumer<String> mistake);
}
