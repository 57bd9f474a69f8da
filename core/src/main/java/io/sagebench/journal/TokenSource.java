package io.sagebench.journal;

import java.util.Locale;

/// Where a count of tokens comes from, best first.
public enum TokenSource {
    /// The server's `usage`.
    USAGE,
    /// The text, counted by a tokenizer of the model's.
    TOKENIZER,
    /// One token for each content event: right only for servers that send tokens one by one.
    CONTENT_EVENTS,
    /// The stated estimate: a token for every four characters. See [io.sagebench.request.TextTokens].
    ESTIMATE;

    /// The stable name in reports and records.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
