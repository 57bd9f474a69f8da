package io.sagebench.live.files;

import io.sagebench.request.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// JSON objects with a prompt or a text each, in the documented layouts: `id` with `prompt` or `text`, and `prompt_id` or `text_id` with `text` or
/// `texts`; and those that name them `content` or `input`.
final class JsonlRows implements RowFormat {
    static final Set<String> PROMPT_KEYS = Set.of(
            "id", "prompt_id", "prompt", "text", "content", "input", "system_prompt", "expected_tokens", "output_tokens", "priority", "category",
            "difficulty");
    static final Set<String> TEXT_KEYS = Set.of(
            "id", "text_id", "text", "texts", "content", "input", "expected_dim", "model", "batch_size", "category");
    static final int MOST_ANSWER_TOKENS = 1_000_000;
    private static final int MOST_TEXTS = 128;
    private static final int MOST_DIMENSIONS = 100_000;
    private static final List<String> PROMPTS = List.of("prompt", "text", "content", "input");
    private static final List<String> TEXTS = List.of("text", "content", "input");
    private static final List<String> DIFFICULTIES = List.of("easy", "medium", "hard");
    private static final Pattern PROMPT_ID = Pattern.compile("llm_\\d{3,6}");
    private static final Pattern TEXT_ID = Pattern.compile("embed_\\d{3,6}");

    private final Datasets.Use use;

    JsonlRows(Datasets.Use use) {
        this.use = use;
    }

    @Override
    public String description() {
        return use == Datasets.Use.PROMPTS ? "JSONL with prompts" : "JSONL with texts";
    }

    @Override
    public Row read(String row, Consumer<String> mistake) {
        return JsonRow.parse(row, mistake)
                .map(fields -> use == Datasets.Use.PROMPTS ? prompt(fields, mistake) : texts(fields, mistake))
                .orElse(Row.NONE);
    }

    private static Row prompt(JsonRow fields, Consumer<String> mistake) {
        Optional<String> id = id(fields, "prompt_id", PROMPT_ID, mistake);
        Optional<String> system = fields.text("system_prompt");
        Optional<Integer> expected = fields.whole("expected_tokens", 1, MOST_ANSWER_TOKENS);
        Optional<Integer> asked = fields.whole("output_tokens", 1, MOST_ANSWER_TOKENS);
        fields.text("category");
        Optional<String> urgency = fields.text("priority");
        urgency.filter(name -> Priority.named(name).isEmpty()).ifPresent(name -> mistake.accept(
                "priority must be one of " + List.of(Priority.values()) + ", but is " + Mistakes.quoted(name)));
        fields.text("difficulty").filter(name -> !DIFFICULTIES.contains(name)).ifPresent(name -> mistake.accept(
                "difficulty must be one of " + DIFFICULTIES + ", but is " + Mistakes.quoted(name)));
        Optional<String> key = fields.keyOf(PROMPTS);
        if (key.isEmpty()) {
            mistake.accept("has no prompt: one of the keys " + String.join(", ", PROMPTS) + " must have it");
        }
        OptionalInt answer = asked.or(() -> expected).map(OptionalInt::of).orElse(OptionalInt.empty());
        List<Part> parts = key.flatMap(fields::text).map(text -> List.of(new Part(text, system, answer, urgency.flatMap(Priority::named)))).orElse(List.of());
        return new Row(id, parts, fields.keysBeside(PROMPT_KEYS));
    }

    private static Row texts(JsonRow fields, Consumer<String> mistake) {
        Optional<String> id = id(fields, "text_id", TEXT_ID, mistake);
        fields.text("category");
        fields.text("model");
        fields.whole("expected_dim", 1, MOST_DIMENSIONS);
        fields.whole("batch_size", 1, MOST_TEXTS);
        var parts = new ArrayList<Part>();
        if (fields.has("texts")) {
            fields.texts("texts", MOST_TEXTS).ifPresent(all -> all.forEach(text -> parts.add(new Part(text))));
        } else {
            Optional<String> key = fields.keyOf(TEXTS);
            if (key.isEmpty()) {
                mistake.accept("has no text: one of the keys texts, " + String.join(", ", TEXTS) + " must have it");
            }
            key.flatMap(fields::text).ifPresent(text -> parts.add(new Part(text)));
        }
        return new Row(id, parts, fields.keysBeside(TEXT_KEYS));
    }

    /// By either name; that of the layout with ids of a form must have that form.
    private static Optional<String> id(JsonRow fields, String formed, Pattern form, Consumer<String> mistake) {
        Optional<String> id = fields.text(formed);
        id.filter(text -> !form.matcher(text).matches()).ifPresent(text -> mistake.accept(
                formed + " must be " + form.pattern().replace("\\d{3,6}", "") + " and 3 to 6 digits, but is " + Mistakes.quoted(text)));
        return id.or(() -> fields.text("id"));
    }
}
