package io.sagebench.benchmark.engine;

import io.sagebench.random.Seed;
import io.sagebench.request.TextTokens;
import io.sagebench.workload.PromptText;
import java.util.Optional;

/// Makes prompts of a length in tokens, as far as the engine's tokens are known.
interface PromptMaker {
    /// By the rule of four characters a token, which simulated engines count by.
    PromptMaker BY_RULE = new ByRule();

    /// The one for an engine: by its tokenizer, else by what the server counts, else by the rule, which is exact for the mock and an estimate for others.
    static PromptMaker of(EngineTarget target) {
        if (target.backend() == EngineBackend.MOCK) {
            return BY_RULE;
        }
        return target.tokenizer()
                .<PromptMaker>map(tokenizer -> new CountedPrompts("tokenizer " + tokenizer.name(), tokenizer::count))
                .or(() -> target.tokens().map(tokens -> new CountedPrompts("the server's /tokenize", text -> tokens.count(text).orElse(1))))
                .orElse(BY_RULE);
    }

    /// A prompt of that length.
    ///
    /// @param seed      gives its words; others have other words from the first on
    /// @param beginning how it begins instead; cut when it is longer
    /// @param tokens    at least 1
    String text(Seed seed, Optional<String> beginning, int tokens);

    /// How many tokens a text has.
    int count(String text);

    /// A text's beginning of at most so many tokens.
    String cut(String text, int tokens);

    /// Whose tokens these are, for reports.
    String name();

    /// Four characters a token.
    final class ByRule implements PromptMaker {
        private ByRule() {}

        @Override
        public String text(Seed seed, Optional<String> beginning, int tokens) {
            if (beginning.isEmpty()) {
                return PromptText.of(seed, tokens);
            }
            int missing = tokens - count(beginning.get());
            return missing <= 0 ? cut(beginning.get(), tokens) : beginning.get() + ' ' + PromptText.of(seed, missing);
        }

        @Override
        public int count(String text) {
            return Math.max(1, TextTokens.estimate(text.length()));
        }

        @Override
        public String cut(String text, int tokens) {
            return text.substring(0, Math.min(text.length(), tokens * TextTokens.CHARACTERS_PER_TOKEN));
        }

        @Override
        public String name() {
            return "a token for every four characters";
        }
    }
}
