package io.sagebench.live.server;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// The JSON library as the servers use it: for request bodies and whole answers, never for a single token. Safe for use by any thread.
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /// The JSON of maps, lists, strings, numbers and such, in UTF-8.
    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// A string as JSON, in quotes.
    static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    /// A string as it stands within the quotes.
    static String textWithinQuotes(String text) {
        String quoted = quoted(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /// The same in UTF-8.
    static byte[] withinQuotes(String text) {
        return textWithinQuotes(text).getBytes(StandardCharsets.UTF_8);
    }
}
