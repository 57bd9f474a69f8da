package io.sagebench.engine;

/// A job that an engine has begun.
public interface EngineWork {

    /// Stops the job and frees what it holds; no event of it follows. Harmless when it has ended.
    void cancel();
}
