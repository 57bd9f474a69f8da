package io.sagebench.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What kind of answer a request wants. The endpoint it came to decides.
public enum RequestType {
    /// The next message of a conversation.
    LLM_CHAT,
    /// The continuation of a text.
    LLM_GENERATE,
    /// Vectors for one or several texts.
    EMBEDDING;

    /// The name in headers, files and reports.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether text is generated.
    public boolean isGeneration() {
        return this != EMBEDDING;
    }

    /// The type of that wire name, if there is one.
    public static Optional<RequestType> named(String wireName) {
        return Arrays.stream(values()).filter(type -> type.wireName().equals(wireName)).findFirst();
    }
}
