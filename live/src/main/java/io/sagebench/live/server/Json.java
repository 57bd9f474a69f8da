package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    /// A string as it stands within the quotes. Halves of characters stay as they are.
    static String textWithinQuotes(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    }

    /// The same in UTF-8, with a question mark for half of a character, which Jackson's own encoder would throw at.
    static byte[] withinQuotes(String text) {
        return textWithinQuotes(text).getBytes(UTF_8);
    }
}
