package io.sagebench.workload;

import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.Optional;

/// What kind of answer a planned request wants, and how what it brings is made up.
///
/// @param type       what kind of answer
/// @param body       what the prompt is made of, or the texts to embed
/// @param textTokens the length of each text to embed; empty for a prompt
public record PromptForm(RequestType type, PromptBody body, List<Integer> textTokens) {
    /// A chat whose prompt has nothing in common with others.
    public static final PromptForm CHAT = new PromptForm(RequestType.LLM_CHAT, PromptBody.Words.OWN, List.of());

    public PromptForm {
        textTokens = List.copyOf(textTokens);
        textTokens.forEach(tokens -> Check.atLeast(1, tokens, "tokens of a text"));
        if (type.isGeneration() != textTokens.isEmpty() || !fits(body, type, textTokens.size())) {
            throw new IllegalArgumentException(
                    "texts go with " + RequestType.EMBEDDING.wireName() + " and prefixes with prompts, but the type is " + type.wireName());
        }
    }

    private static boolean fits(PromptBody body, RequestType type, int texts) {
        return switch (body) {
            case PromptBody.Words(var prefix) -> prefix.isEmpty() || type.isGeneration();
            case PromptBody.Blocks _, PromptBody.Turns _ -> type.isGeneration();
            case PromptBody.Rows(var _, var rows) -> rows.size() == (type.isGeneration() ? 1 : texts);
        };
    }

    /// A prompt or texts made of words from the seed.
    ///
    /// @param prefix how the prompt begins, when others begin alike; none for texts to embed
    public PromptForm(RequestType type, Optional<SharedPrefix> prefix, List<Integer> textTokens) {
        this(type, new PromptBody.Words(prefix), textTokens);
    }

    /// How the prompt begins, when others begin alike.
    public Optional<SharedPrefix> prefix() {
        return body instanceof PromptBody.Words(var prefix) ? prefix : Optional.empty();
    }

    /// Texts to embed.
    public static PromptForm texts(List<Integer> textTokens) {
        return new PromptForm(RequestType.EMBEDDING, Optional.empty(), textTokens);
    }

    /// Tokens of all texts together.
    int totalTextTokens() {
        return Math.toIntExact(textTokens.stream().mapToLong(Integer::longValue).sum());
    }
}
