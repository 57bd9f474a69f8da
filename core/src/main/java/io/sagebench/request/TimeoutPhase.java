package io.sagebench.request;

import java.util.Locale;

/// What a client was waiting for when its limit passed.
public enum TimeoutPhase {
    /// The connection was not established.
    CONNECT,
    /// No byte of the response came.
    FIRST_BYTE,
    /// The response stopped coming.
    IDLE,
    /// The whole request took too long.
    TOTAL;

    /// The stable name in reports and records.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
