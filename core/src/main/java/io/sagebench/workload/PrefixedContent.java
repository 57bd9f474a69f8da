package io.sagebench.workload;

import io.sagebench.engine.PromptContent;
import io.sagebench.random.Mix;
import io.sagebench.random.Seed;

/// What a prompt with a shared prefix says, without its text: its tokens equal those of another prompt as far as both have the same prefix, or
/// throughout when their own parts have the same seed too.
///
/// The texts may have a few words after the prefix in common by chance; that is not told here, and is less than a block of a KV cache.
record PrefixedContent(SharedPrefix prefix, Seed own) implements PromptContent {
    @Override
    public long digest(int from, int to) {
        long digest = Mix.of(from, to);
        if (from < prefix.tokens()) {
            digest = Mix.of(digest, prefix.seed().value());
        }
        if (to > prefix.tokens()) {
            digest = Mix.of(digest, Mix.of(own.value(), prefix.tokens()));
        }
        return digest;
    }
}
