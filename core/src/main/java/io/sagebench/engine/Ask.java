package io.sagebench.engine;

import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.Optional;

/// What a request asks of an engine: a prompt to answer, or texts to embed.
///
/// @param type            what kind of answer
/// @param model           the model asked for; `default` means any
/// @param promptTokens    length of the prompt, or of all texts together, as far as the caller knows; at least 1
/// @param maxOutputTokens the most tokens the answer may have; 0 for texts to embed, else at least 1
/// @param content         what the prompt says, for all who look for common prefixes
/// @param texts           the texts to embed; absent for a prompt
public record Ask(
        RequestType type,
        String model,
        int promptTokens,
        int maxOutputTokens,
        PromptContent content,
        Optional<Texts> texts) {
    public Ask {
        Check.notBlank(model, "model");
        Check.atLeast(1, promptTokens, "promptTokens");
        Check.atLeast(type.isGeneration() ? 1 : 0, maxOutputTokens, "maxOutputTokens");
        if (type.isGeneration() == (maxOutputTokens == 0) || type.isGeneration() == texts.isPresent()) {
            throw new IllegalArgumentException("texts and no output tokens go with " + RequestType.EMBEDDING.wireName() + ", but the type is "
                    + type.wireName());
        }
    }

    /// Texts to embed.
    ///
    /// @param tokens the length of each, at least 1; at least one text
    /// @param form   what texts must have in common to be embedded by one call: dimensions, encoding and the like; empty when nothing is said
    public record Texts(List<Integer> tokens, String form) {
        public Texts {
            tokens = List.copyOf(tokens);
            Check.atLeast(1, tokens.size(), "the number of texts");
            tokens.forEach(length -> Check.atLeast(1, length, "the tokens of a text"));
        }

        /// How many.
        public int count() {
            return tokens.size();
        }

        /// Not the form, which repeats fields of the request: descriptions of requests end up in logs.
        @Override
        public String toString() {
            return "Texts[tokens=" + tokens + "]";
        }

        /// Tokens of the longest.
        public int longest() {
            int longest = 0;
            for (int i = 0; i < tokens.size(); i++) {
                longest = Math.max(longest, tokens.get(i));
            }
            return longest;
        }
    }

    /// A prompt to answer.
    public static Ask prompt(
            RequestType type, String model, int promptTokens, int maxOutputTokens, PromptContent content) {
        return new Ask(type, model, promptTokens, maxOutputTokens, content, Optional.empty());
    }

    /// Texts to embed.
    public static Ask embedding(String model, Texts texts, PromptContent content) {
        int total = Math.toIntExact(texts.tokens().stream().mapToLong(Integer::longValue).sum());
        return new Ask(RequestType.EMBEDDING, model, total, 0, content, Optional.of(texts));
    }

    /// How many texts are to be embedded; 0 for a prompt.
    public int textCount() {
        return texts.map(Texts::count).orElse(0);
    }

    /// The most tokens that stand in one context: prompt and answer, or the longest text. More than an `int` holds when a client asks for as many as
    /// it can.
    public long mostTokens() {
        return texts.map(Texts::longest).orElse(promptTokens) + (long) maxOutputTokens;
    }
}
