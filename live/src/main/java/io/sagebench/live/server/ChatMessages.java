package io.sagebench.live.server;

import io.sagebench.engine.PromptContent;
import io.sagebench.request.ChatTurn;
import io.sagebench.request.TextTokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the `messages` of a chat request: their texts.
final class ChatMessages {
    private ChatMessages() {}

    /// Hears of the texts, in order.
    @FunctionalInterface
    interface Listener {

        /// A text comes.
        ///
        /// @param message number of its message, from 0
        /// @param role    who says it
        void text(int message, String role, String text);
    }

    /// The prompt they make: their texts one after the other. So that it matters who says what, and yet costs no token, the first character of
    /// each text is mixed with the role.
    ///
    /// @throws BadRequest when they are not chat messages of text
    static Prompt prompt(@Nullable JsonNode messages) throws BadRequest {
        var said = new StringBuilder();
        var last = new StringBuilder();
        var latest = new int[] {-1};
        read(messages, (message, role, text) -> {
            if (message != latest[0]) {
                latest[0] = message;
                last.setLength(0);
            }
            int at = said.length();
            said.append(text);
            last.append(text);
            if (!text.isEmpty()) {
                said.setCharAt(at, (char) (said.charAt(at) ^ role.hashCode()));
            }
        });
        return new Prompt(
                last.toString(), Math.max(1, TextTokens.estimate(said.length())), PromptContent.ofText(said));
    }

    /// The messages, each with all of its text.
    ///
    /// @throws BadRequest when they are not chat messages of text
    static List<ChatTurn> turns(@Nullable JsonNode messages) throws BadRequest {
        var turns = new ArrayList<ChatTurn>();
        read(messages, (message, role, text) -> {
            boolean goesOn = message < turns.size();
            String before = goesOn ? turns.removeLast().text() : "";
            while (turns.size() < message) {
                turns.add(new ChatTurn("assistant", "")); // it called a tool instead, and said nothing
            }
            turns.add(new ChatTurn(role, before + text));
        });
        return turns;
    }

    private static void read(@Nullable JsonNode messages, Listener listener) throws BadRequest {
        if (messages == null || !messages.isArray() || messages.isEmpty()) {
            throw wrong("messages", "is required and must be an array of at least one message");
        }
        for (int i = 0; i < messages.size(); i++) {
            String path = "messages[" + i + "]";
            JsonNode message = messages.get(i);
            if (!message.isObject()) {
                throw wrong(path, "must be an object with role and content");
            }
            JsonNode role = message.get("role");
            if (role == null || !role.isString() || role.stringValue().isBlank()) {
                throw wrong(path + ".role", "is required and must be a string");
            }
            readContent(message.get("content"), i, role.stringValue(), listener);
        }
    }

    private static void readContent(@Nullable JsonNode content, int message, String role, Listener listener)
            throws BadRequest {
        String path = "messages[" + message + "].content";
        if (content == null || content.isNull()) {
            if (role.equals("assistant")) {
                return; // it called a tool instead
            }
            throw wrong(path, "is required");
        }
        if (content.isString()) {
            listener.text(message, role, content.stringValue());
            return;
        }
        if (!content.isArray()) {
            throw wrong(path, "must be a string or an array of text parts");
        }
        for (int i = 0; i < content.size(); i++) {
            JsonNode text = content.get(i).get("text");
            if (text == null || !text.isString()) {
                throw wrong(path + "[" + i + "]", "must be a text part: {\"type\": \"text\", \"text\": \"...\"}");
            }
            listener.text(message, role, text.stringValue());
        }
    }

    private static BadRequest wrong(String path, String problem) {
        return new BadRequest(ApiError.about(path, path + " " + problem));
    }
}
