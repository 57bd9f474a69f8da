package io.sagebench.engine.sim;

/// Hears what happens inside a simulated engine, for its monitoring. Called on the timeline; only engines that take each step by itself, as
/// live ones do, report steps.
public interface EngineObserver {

    /// A step was begun.
    ///
    /// @param scheduledTokens tokens it computes, prompt and output together
    void stepped(int scheduledTokens);

    /// A sequence ended.
    void ended(SequenceReport report);
}
