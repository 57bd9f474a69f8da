package io.sagebench.live.server;

import io.sagebench.request.ChatTurn;
import io.sagebench.request.Tokenizer;
import java.util.List;
import java.util.Set;

/// What a port must know of the model behind it, to make the model's tokens of requests: its tokenizer and its conventions. Safe for use by any
/// thread; slow, so never called on an event loop or on the timeline.
public interface ModelText {

    /// Makes tokens of text alone, and text of tokens.
    Tokenizer tokenizer();

    /// How many tokens the model knows: those from 0 to one less.
    int vocabularySize();

    /// The tokens of a text to go on from or to embed, with those that the model wants around every text.
    int[] prompt(String text);

    /// The tokens of a chat, up to where the model's answer begins.
    ///
    /// @param turns at least one
    /// @throws IllegalArgumentException when the model's template does not take such a chat; the message says why
    int[] chat(List<ChatTurn> turns);

    /// The tokens by which the model ends an answer of itself.
    Set<Integer> endTokens();
}
