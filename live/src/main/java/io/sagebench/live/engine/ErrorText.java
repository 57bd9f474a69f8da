package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Collection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server means by an error body: its message where the body is JSON of a known shape, else the beginning of its text.
final class ErrorText {
    private static final int MOST_CHARACTERS = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ErrorText() {}

    /// @param pieces of the body, in order; left as they are
    static String of(int status, Collection<ByteBuf> pieces) {
        var body = new StringBuilder();
        pieces.forEach(piece -> body.append(piece.toString(UTF_8)));
        String message = message(body.toString()).strip();
        String shortened =
                message.length() <= MOST_CHARACTERS ? message : message.substring(0, MOST_CHARACTERS) + "...";
        return "status " + status + (shortened.isEmpty() ? "" : ": " + shortened);
    }

    private static String message(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode error = root.path("error");
            for (JsonNode candidate : new JsonNode[] {error.path("message"), error, root.path("message"), root.path("detail")}) {
                if (candidate.isString()) {
                    return candidate.stringValue();
                }
            }
            return body;
        } catch (JacksonException _) {
            return body; // plain text or HTML: better than nothing
        }
    }
}
