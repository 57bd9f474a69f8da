package io.sagebench.policy.routing;

/// Says which engines qualify for a request.
public interface Filter {

    /// Marks the candidates to keep. When it keeps none, all stay: a filter never leaves a request without an engine.
    ///
    /// @param keep one place for each candidate of `route`, all false
    void mark(Route route, boolean[] keep);
}
