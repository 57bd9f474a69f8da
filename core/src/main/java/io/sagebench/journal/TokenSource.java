package io.sagebench.journal;

import java.util.Locale;

/// Where a count of output tokens comes from, best first.
public enum TokenSource {
    /// The server's `usage`.
    USAGE,
    /// One token for each content event: right only for servers that send tokens one by one.
    CONTENT_EVENTS;

    /// The stable name in reports and records.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
