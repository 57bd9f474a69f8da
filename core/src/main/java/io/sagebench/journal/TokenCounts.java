package io.sagebench.journal;

import io.sagebench.request.Check;
import java.util.OptionalInt;

/// How many tokens a response took, and who says so.
///
/// @param prompt       tokens of the prompt as the server counted them; absent when it did not say
/// @param cachedPrompt of these, how many came from the server's prefix cache; absent when it did not say
/// @param output       tokens of the answer
/// @param source       where `output` comes from
public record TokenCounts(OptionalInt prompt, OptionalInt cachedPrompt, int output, TokenSource source) {
    public TokenCounts {
        Check.notNegative(output, "output");
    }

    /// As many tokens as content events came, for a server that says nothing.
    public static TokenCounts ofEvents(int events) {
        return new TokenCounts(OptionalInt.empty(), OptionalInt.empty(), events, TokenSource.CONTENT_EVENTS);
    }
}
