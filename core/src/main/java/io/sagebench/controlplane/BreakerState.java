package io.sagebench.controlplane;

/// How far an engine is trusted with requests (Nygard: Release It!, circuit breaker).
public enum BreakerState {
    /// Wholly.
    CLOSED,
    /// Not at all, until its backoff is over.
    OPEN,
    /// With one request at a time, on trial.
    HALF_OPEN
}
