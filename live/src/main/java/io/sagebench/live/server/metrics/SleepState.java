package io.sagebench.live.server.metrics;

import java.util.Locale;

/// What a sleeping engine has given up, as vLLM tells it.
public enum SleepState {
    /// Nothing: it does not sleep.
    AWAKE,
    /// Sleep level 1.
    WEIGHTS_OFFLOADED,
    /// Sleep level 2.
    DISCARD_ALL;

    /// The value of the metric's label.
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
