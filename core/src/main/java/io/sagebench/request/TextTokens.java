package io.sagebench.request;

/// The stated estimate of a text's tokens where no tokenizer is at hand: a token for every four characters, rounded up.
public final class TextTokens {
    /// Characters of a token.
    public static final int CHARACTERS_PER_TOKEN = 4;

    private TextTokens() {}

    /// The estimate for a text of `characters` characters (UTF-16 units); at least 1 unless it is empty.
    public static int estimate(long characters) {
        return Math.toIntExact((characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
    }
}
