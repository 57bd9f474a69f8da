package io.sagebench.live.server;

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
}
