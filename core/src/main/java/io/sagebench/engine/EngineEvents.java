package io.sagebench.engine;

/// What an engine reports of one job, in order, on the timeline.
public interface EngineEvents {

    /// Output tokens have come; the first call brings the first token.
    ///
    /// @param count how many, at least 1
    void tokens(int count);

    /// The job is done.
    void finished(EngineResult result);

    /// The job ended without a complete answer.
    void failed(EngineFailure failure);
}
