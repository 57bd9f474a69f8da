package io.sagebench.engine;

/// Something that can answer requests: a simulated engine, or the near side of a real server.
///
/// All methods are called on the timeline, and all events come back on it.
public interface Engine {

    /// What it is and what it can hold. Does not change.
    EngineDescription description();

    /// Begins one job. Exactly one of [EngineEvents#finished] and [EngineEvents#failed] follows, unless the work is cancelled first; neither
    /// is called before this method has returned.
    ///
    /// @return the handle that cancels it
    EngineWork start(EngineJob job, EngineEvents events);

    /// The untold tokens of all its jobs, see [EngineWork#untoldTokens].
    default long untoldTokens() {
        return 0;
    }
}
