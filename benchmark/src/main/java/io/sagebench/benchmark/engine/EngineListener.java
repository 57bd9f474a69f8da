package io.sagebench.benchmark.engine;

import io.sagebench.journal.RequestRecord;

/// Is told how an engine benchmark goes. Called from its threads, one call at a time but for [#ended]; returns quickly.
public interface EngineListener {
    /// Hears nothing.
    EngineListener SILENT = new EngineListener() {};

    /// The engine is there and will be measured.
    default void targetReady(EngineTarget target) {}

    /// The warm-up of a workload begins.
    ///
    /// @param requests at least 1
    default void warmingUp(EngineWorkload workload, int repeat, int requests) {}

    /// The measured requests of a workload begin.
    default void measuring(EngineWorkload workload, int repeat) {}

    /// Where they are; a few times a second.
    ///
    /// @param sent  requests so far
    /// @param ended of these
    default void progress(EngineWorkload workload, int repeat, long sent, long ended) {}

    /// A measured request has ended. Called on the load generator's timeline, which must not wait, and beside the other calls.
    default void ended(EngineWorkload workload, int repeat, RequestRecord record) {}

    /// A workload has been measured once.
    default void measured(EngineRun run) {}

    /// Something a person should know that does not end the run.
    default void note(String message) {}

    /// Both, this one first.
    default EngineListener and(EngineListener other) {
        return new BothEngineListeners(this, other);
    }
}
