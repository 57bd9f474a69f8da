package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an error body says, for people: message and type of an OpenAI error, FastAPI's `detail`, or the text itself.
final class ErrorMessage {
    private static final int LONGEST = 500;

    private ErrorMessage() {}

    /// The message in `bytes[from, to)`; never blank.
    static String of(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8).strip();
        String message = shortened(message(text));
        return message.isBlank() ? "no message" : message;
    }

    /// `text` on one line and no longer than a report likes.
    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String message(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        try {
            JsonNode root = JsonMapper.shared().readTree(text);
            JsonNode error = root.path("error");
            if (error.isString()) {
                return error.stringValue();
            }
            JsonNode described = error.isObject() ? error : root;
            String message = text(described, "message", text(described, "detail", text));
            String type = text(described, "type", "");
            return type.isBlank() ? message : message + " (" + type + ")";
        } catch (JacksonException _) {
            return text; // cut short, or no JSON after all: the text says as much as there is
        }
    }

    private static String text(JsonNode object, String name, String otherwise) {
        JsonNode value = object.path(name);
        return value.isString() ? value.stringValue() : otherwise;
    }
}
