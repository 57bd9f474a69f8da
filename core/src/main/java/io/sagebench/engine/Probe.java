package io.sagebench.engine;

/// What came of asking an engine whether it works.
public sealed interface Probe {
    /// It can take requests.
    record Ready() implements Probe {}

    /// It cannot, or did not answer.
    ///
    /// @param reason for people
    record NotReady(String reason) implements Probe {}
}
