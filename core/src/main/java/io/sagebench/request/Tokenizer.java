package io.sagebench.request;

/// Turns text into a model's own tokens and back. Safe for use by any thread.
public interface Tokenizer {

    /// What it is, for reports: a file, or the model whose tokenizer it is.
    String name();

    /// The tokens of a text, without any that a chat template or the model's own conventions would put around it.
    int[] encode(String text);

    /// The text of tokens; bytes that are no whole character become U+FFFD.
    String decode(int[] tokens);

    /// How many tokens a text has.
    default int count(String text) {
        return encode(text).length;
    }
}
