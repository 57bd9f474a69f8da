package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;

/// How a prompt begins when others begin alike, for example with the same system prompt.
///
/// @param seed   gives its text, see [PromptText]; prompts with an equal prefix begin alike
/// @param tokens how long it is, at least 1
public record SharedPrefix(Seed seed, int tokens) {
    public SharedPrefix {
        Check.atLeast(1, tokens, "tokens of a shared prefix");
    }
}
