package io.sagebench.benchmark.engine;

/// Is told how an engine benchmark goes. Called from its threads, one call at a time; returns quickly.
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

    /// A workload has been measured once.
    default void measured(EngineRun run) {}

    /// Something a person should know that does not end the run.
    default void note(String message) {}
}
