package io.sagebench.live.files;

import io.sagebench.request.TextTokens;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/// Conversations as ShareGPT files have them. The first message is the prompt, and the one after it says how long the answer is; what the system says
/// before them goes with it. Left out are, as by vLLM's benchmark, conversations with fewer than two messages, with a prompt or an answer of fewer than 4
/// tokens, a prompt of more than 1024, or of more than 2048 with its answer; a token is four characters here.
final class ShareGptRows implements RowFormat {
    private static final Set<String> KEYS = Set.of("id", "conversations", "conversation", "model", "items", "source");
    private static final int LEAST = 4;
    private static final int MOST_PROMPT = 1024;
    private static final int MOST_TOGETHER = 2048;

    @Override
    public String description() {
        return "ShareGPT conversations";
    }

    @Override
    public Row read(String row, Consumer<String> mistake) {
        return JsonRow.parse(row, mistake).map(fields -> conversation(fields, mistake)).orElse(Row.NONE);
    }

    private static Row conversation(JsonRow fields, Consumer<String> mistake) {
        Optional<String> id = fields.has("id") ? fields.text("id") : Optional.empty();
        String key = fields.has("conversation") ? "conversation" : "conversations";
        if (!fields.has(key)) {
            mistake.accept("has no conversations");
        }
        List<JsonRow> messages = fields.rows(key).orElse(List.of());
        boolean begins = !messages.isEmpty() && messages.getFirst().text("from").map("system"::equals).orElse(false);
        int first = begins ? 1 : 0;
        if (messages.size() < first + 2) {
            return new Row(id, List.of(), List.of());
        }
        Optional<String> system = begins ? said(messages.getFirst()) : Optional.empty();
        Optional<String> prompt = said(messages.get(first));
        Optional<String> answer = said(messages.get(first + 1));
        if (prompt.isEmpty() || answer.isEmpty()) {
            return new Row(id, List.of(), List.of());
        }
        var part = new Part(prompt.get(), system, OptionalInt.of(TextTokens.estimate(answer.get().length())));
        return new Row(id, isUsable(part) ? List.of(part) : List.of(), fields.keysBeside(KEYS));
    }

    /// Messages that are empty occur, and are no mistake.
    private static Optional<String> said(JsonRow message) {
        return message.raw("value").filter(text -> !text.isBlank());
    }

    private static boolean isUsable(Part part) {
        int prompt = TextTokens.estimate(part.characters());
        int answer = part.answer().orElse(0);
        return prompt >= LEAST && answer >= LEAST && prompt <= MOST_PROMPT && prompt + answer <= MOST_TOGETHER;
    }
}
