package io.sagebench.policy;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.ReportedLoad;
import java.util.Optional;

/// One engine and the load reserved on it, kept up to date at each dispatch and each event.
public interface EngineView {

    /// What it is and what it can hold.
    EngineDescription description();

    /// Requests dispatched to it that have not ended.
    int running();

    /// Of these, how many have CRITICAL priority.
    int runningCritical();

    /// Prompt tokens dispatched to it whose first output token has not come.
    long prefillTokensOutstanding();

    /// Output tokens predicted for the requests on it that have not come yet.
    long decodeTokensOutstanding();

    /// Tokens of KV cache that the requests on it will hold when they end, as predicted.
    long kvTokensReserved();

    /// Texts to embed that were dispatched to it and are not embedded yet.
    int textsOutstanding();

    /// Places taken on it, of [EngineDescription#maxConcurrent]: one for each prompt and for each text to embed.
    default int placesTaken() {
        return running();
    }

    /// What it last said of its own load; absent when it does not.
    Optional<ReportedLoad> reportedLoad();

    /// Counts the dispatches to it so far.
    long dispatched();
}
