package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server said, as it came: JSON pieces with content. Finding the text in them takes long, so that is for later.
///
/// @param pieces one after the other, each ended by a zero byte; not to be changed
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawAnswer(byte[] pieces) {
    private static final String[] CONTENTS = {"reasoning_content", "reasoning", "content", "text"};

    /// The text of the first choice: what was reasoned, and what was said. Not for an event loop or a timeline.
    public String text() {
        var text = new StringBuilder();
        int from = 0;
        for (int at = 0; at < pieces.length; at++) {
            if (pieces[at] == 0) {
                append(text, new String(pieces, from, at - from, UTF_8));
                from = at + 1;
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String piece) {
        JsonNode choice;
        try {
            choice = JsonMapper.shared().readTree(piece).path("choices").path(0);
        } catch (JacksonException _) {
            return; // it was not read as content either
        }
        for (JsonNode holder : new JsonNode[] {choice, choice.path("delta"), choice.path("message")}) {
            for (String name : CONTENTS) {
                text.append(holder.path(name).stringValue(""));
            }
        }
    }
}
