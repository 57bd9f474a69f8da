package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.StopSignal;

/// Measures one workload on one engine, once.
public interface EngineRunner {

    /// Sends the warm-up and then the measured requests, and returns when all have ended or `stop` was asked. Prompts follow from the seed, the
    /// workload and the repeat alone: two engines that are measured with equal ones get equal texts, as far as their tokenizers agree.
    ///
    /// @param repeat from 1; each has prompts of its own, so that no repeat finds those of another in a prefix cache
    EngineRun measure(EngineTarget target, EngineWorkload workload, EngineOptions options, int repeat, StopSignal stop);
}
