package io.sagebench.engine;

import io.sagebench.random.Mix;
import io.sagebench.request.TextTokens;

/// What a text says, four characters a token.
///
/// @param text not to be changed any more
record TextContent(CharSequence text) implements PromptContent {
    private static final long ODD = 0x9E3779B97F4A7C15L;

    /// A multiplication for each token and one thorough mixing at the end: routers hash whole prompts within a decision. The rotation brings the
    /// high bits, which a multiplication spreads least, to where the next one spreads them most.
    @Override
    public long digest(int from, int to) {
        long digest = (long) to - from;
        for (int i = from; i < to; i++) {
            digest = Long.rotateLeft((digest ^ token(i)) * ODD, 32);
        }
        return Mix.of(digest + ODD);
    }

    /// The characters of a token as one number. Past the end of the text there are none.
    private long token(int index) {
        long first = (long) index * TextTokens.CHARACTERS_PER_TOKEN;
        long token = 0;
        for (long i = first; i < Math.min(first + TextTokens.CHARACTERS_PER_TOKEN, text.length()); i++) {
            token = token << Character.SIZE | text.charAt((int) i);
        }
        return token;
    }

    /// Not what it says: descriptions of requests end up in logs.
    @Override
    public String toString() {
        return "a text of " + text.length() + " characters";
    }
}
