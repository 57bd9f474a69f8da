package io.sagebench.live.server;

import io.sagebench.engine.Sampling;
import java.util.List;
import java.util.Set;

/// What an engine that computes needs for one prompt besides the plan, and what ends its answer.
///
/// @param promptTokens the prompt, or the text to embed; not to be changed
/// @param sampling     how tokens are picked
/// @param stops        texts that end the answer right before them
/// @param endTokens    tokens by which the model ends it of itself
@SuppressWarnings("ArrayRecordComponent") // never compared
record ComputedJob(int[] promptTokens, Sampling sampling, List<String> stops, Set<Integer> endTokens) {
    ComputedJob {
        stops = List.copyOf(stops);
        endTokens = Set.copyOf(endTokens);
    }

    /// Whether an answer that says this token last ends by it.
    boolean isEndedBy(int token) {
        return !sampling.ignoreEos() && endTokens.contains(token);
    }
}
