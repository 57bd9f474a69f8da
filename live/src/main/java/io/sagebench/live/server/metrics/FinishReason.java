package io.sagebench.live.server.metrics;

import java.util.Locale;

/// How a request to an engine ended, in vLLM's words.
public enum FinishReason {
    /// The model had said all it wanted.
    STOP,
    /// The answer has as many tokens as allowed.
    LENGTH,
    /// The client left.
    ABORT,
    /// The engine failed.
    ERROR;

    /// As answers and metrics write it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
