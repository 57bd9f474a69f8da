package io.sagebench.engine.sim;

/// Hears what happens inside a simulated engine, for its monitoring. Called on the timeline; only engines that take each step by itself, as
/// live ones do, report steps.
public interface EngineObserver {
    /// Nobody listens.
    EngineObserver NONE = new EngineObserver() {
        @Override
        public void stepped(int scheduledTokens) {
            // nobody listens
        }

        @Override
        public void ended(SequenceReport report) {
            // nobody listens
        }
    };

    /// A step was begun.
    ///
    /// @param scheduledTokens tokens it computes, prompt and output together
    void stepped(int scheduledTokens);

    /// A sequence ended.
    void ended(SequenceReport report);
}
