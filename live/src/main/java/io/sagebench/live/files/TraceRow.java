package io.sagebench.live.files;

import java.util.Optional;
import java.util.OptionalLong;

/// One request of a trace file.
///
/// @param atNanos when it came, on the clock of the trace
/// @param shownAt the same as it is written
/// @param prompt  tokens, at least 0
/// @param output  tokens, at least 0
/// @param blocks  ids of the blocks of its prompt; absent when there are none
/// @param session the session it came in
record TraceRow(long atNanos, String shownAt, int prompt, int output, Optional<long[]> blocks, OptionalLong session) {}
