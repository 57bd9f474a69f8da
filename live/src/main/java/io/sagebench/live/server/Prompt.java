package io.sagebench.live.server;

import io.sagebench.engine.PromptContent;
import io.sagebench.request.Check;
import io.sagebench.request.TextTokens;

/// One text that an engine is to go on from, or to embed.
///
/// @param text    what it says, for answers that repeat it; of a chat, the last message
/// @param tokens  its length, at least 1; of a chat, that of all messages
/// @param content what the engine's prefix cache knows it by
/// @param ids     the numbers of its tokens, not to be changed; empty where they are only counted
@SuppressWarnings("ArrayRecordComponent") // never compared
record Prompt(String text, int tokens, PromptContent content, int[] ids) {
    Prompt {
        Check.atLeast(1, tokens, "tokens");
    }

    /// One whose tokens are only counted.
    Prompt(String text, int tokens, PromptContent content) {
        this(text, tokens, content, new int[0]);
    }

    /// A text whose tokens are known.
    ///
    /// @param ids at least one, not to be changed any more
    static Prompt of(String text, int[] ids) {
        return new Prompt(text, ids.length, PromptContent.ofTokens(ids), ids);
    }

    /// A text.
    static Prompt of(String text) {
        return new Prompt(text, Math.max(1, TextTokens.estimate(text.length())), PromptContent.ofText(text));
    }

    /// Tokens by their numbers, which stand for the words that answers are made of.
    ///
    /// @param tokens not empty, not to be changed any more
    static Prompt of(int[] tokens) {
        var text = new StringBuilder(tokens.length * Words.BYTES);
        for (int token : tokens) {
            text.append(Words.text(token));
        }
        return new Prompt(text.toString(), tokens.length, PromptContent.ofTokens(tokens));
    }
}
