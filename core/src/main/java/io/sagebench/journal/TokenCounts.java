package io.sagebench.journal;

import io.sagebench.request.Check;
import java.util.OptionalInt;

/// How many tokens a request and its response took, and who says so.
///
/// @param prompt        tokens of the prompt as the server counted them; absent when it did not say
/// @param cachedPrompt  of these, how many came from the server's prefix cache; absent when it did not say
/// @param countedPrompt tokens of the prompt as a tokenizer counts them; absent when none did
/// @param output        tokens of the answer
/// @param source        where `output` comes from
public record TokenCounts(
        OptionalInt prompt, OptionalInt cachedPrompt, OptionalInt countedPrompt, int output, TokenSource source) {
    public TokenCounts {
        Check.notNegative(output, "output");
    }

    /// Without a tokenizer's count.
    public TokenCounts(OptionalInt prompt, OptionalInt cachedPrompt, int output, TokenSource source) {
        this(prompt, cachedPrompt, OptionalInt.empty(), output, source);
    }

    /// As many tokens as content events came, for a server that says nothing.
    public static TokenCounts ofEvents(int events) {
        return new TokenCounts(OptionalInt.empty(), OptionalInt.empty(), events, TokenSource.CONTENT_EVENTS);
    }

    /// The same with the answer counted by someone else.
    public TokenCounts withOutput(int tokens, TokenSource by) {
        return new TokenCounts(prompt, cachedPrompt, countedPrompt, tokens, by);
    }

    /// The same with the prompt counted by a tokenizer.
    public TokenCounts withCountedPrompt(int tokens) {
        return new TokenCounts(prompt, cachedPrompt, OptionalInt.of(tokens), output, source);
    }

    /// Who says how long the prompt was.
    public TokenSource promptSource() {
        if (prompt.isPresent()) {
            return TokenSource.USAGE;
        }
        return countedPrompt.isPresent() ? TokenSource.TOKENIZER : TokenSource.ESTIMATE;
    }

    /// Tokens of the prompt by the best count there is.
    ///
    /// @param asked how many were asked for, which is the estimate
    public int promptOr(int asked) {
        return prompt.orElse(countedPrompt.orElse(asked));
    }
}
