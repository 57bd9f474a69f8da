package io.sagebench.live.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the `messages` of a chat request, as far as a scheduler needs them: their length.
final class ChatMessages {
    private ChatMessages() {}

    /// Characters (UTF-16 units) of all contents together.
    ///
    /// @throws BadRequest when they are not chat messages of text
    static long characters(@Nullable JsonNode messages) throws BadRequest {
        if (messages == null || !messages.isArray() || messages.isEmpty()) {
            throw wrong("messages", "is required and must be an array of at least one message");
        }
        long characters = 0;
        for (int i = 0; i < messages.size(); i++) {
            String path = "messages[" + i + "]";
            JsonNode message = messages.get(i);
            if (!message.isObject()) {
                throw wrong(path, "must be an object with role and content");
            }
            JsonNode role = message.get("role");
            if (role == null || !role.isString()) {
                throw wrong(path + ".role", "is required and must be a string");
            }
            characters += contentCharacters(message.get("content"), role.stringValue(), path + ".content");
        }
        return characters;
    }

    private static long contentCharacters(@Nullable JsonNode content, String role, String path) throws BadRequest {
        if (content == null || content.isNull()) {
            if (role.equals("assistant")) {
                return 0; // it called a tool instead
            }
            throw wrong(path, "is required");
        }
        if (content.isString()) {
            return content.stringValue().length();
        }
        if (!content.isArray()) {
            throw wrong(path, "must be a string or an array of text parts");
        }
        long characters = 0;
        for (int i = 0; i < content.size(); i++) {
            JsonNode text = content.get(i).get("text");
            if (text == null || !text.isString()) {
                throw wrong(path + "[" + i + "]", "must be a text part: {\"type\": \"text\", \"text\": \"...\"}");
            }
            characters += text.stringValue().length();
        }
        return characters;
    }

    private static BadRequest wrong(String path, String problem) {
        return new BadRequest(ApiError.about(path, path + " " + problem));
    }
}
