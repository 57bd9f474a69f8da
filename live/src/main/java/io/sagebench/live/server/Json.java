package io.sagebench.live.server;

import tools.jackson.core.io.JsonStringEncoder;
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
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    }

    /// The same in UTF-8.
    static byte[] withinQuotes(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text);
    }
}
