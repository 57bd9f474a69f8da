package io.sagebench.engine;

import io.sagebench.random.Mix;
import io.sagebench.request.RequestId;

/// What a prompt says, as far as a prefix cache must know it: which of its stretches of tokens equal those of another prompt.
///
/// Equal content gives equal digests; content that differs gives different ones but for the chance of a 64-bit collision.
public interface PromptContent {

    /// A digest of the tokens from `from` to before `to`, counted from the beginning of the prompt. What comes before does not enter it.
    long digest(int from, int to);

    /// Whether the prompt of another job may begin alike. Where not, an engine need not keep it findable.
    default boolean isShared() {
        return true;
    }

    /// Content that no other job shares.
    ///
    /// @param id of the job
    static PromptContent unshared(RequestId id) {
        return new Unshared(id);
    }

    /// Content that no other prompt shares, unless it was made from the same number.
    static PromptContent unique(long number) {
        return new Unique(number);
    }

    /// Content of a text with a token for every four characters, as [io.sagebench.request.TextTokens] counts them. Two such prompts share the
    /// tokens that their texts share from the beginning on.
    ///
    /// @param text not to be changed any more
    static PromptContent ofText(CharSequence text) {
        return new TextContent(text);
    }

    /// Content of tokens given by their numbers.
    ///
    /// @param tokens not to be changed any more
    static PromptContent ofTokens(int[] tokens) {
        return (from, to) -> {
            long digest = (long) to - from;
            for (int i = from; i < Math.min(to, tokens.length); i++) {
                digest = Mix.of(digest, tokens[i]);
            }
            return digest;
        };
    }

    /// See [#unshared].
    record Unshared(RequestId id) implements PromptContent {
        @Override
        public long digest(int from, int to) {
            return Mix.of(Mix.of(Mix.of(id.value()), from), to);
        }

        @Override
        public boolean isShared() {
            return false;
        }
    }

    /// See [#unique].
    record Unique(long number) implements PromptContent {
        @Override
        public long digest(int from, int to) {
            return Mix.of(Mix.of(number, from), to);
        }
    }
}
