package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.stream.Collectors;

/// Makes up the words of prompts. Cheap enough for the send path; safe for use by any thread.
@FunctionalInterface
public interface Wording {
    /// Common words of three letters, each a token of the usual vocabularies; see [PromptText].
    Wording USUAL = (_, parts) ->
            parts.stream().map(part -> PromptText.of(part.seed(), part.tokens())).collect(Collectors.joining(" "));

    /// A stretch of words.
    ///
    /// @param seed   gives them: the same ones for the same seed
    /// @param tokens how long it is, at least 1
    record Part(Seed seed, int tokens) {
        public Part {
            Check.atLeast(1, tokens, "tokens");
        }
    }

    /// A text, as long as its parts together. Two texts begin alike as far as their parts do.
    ///
    /// @param type  of the request it is for
    /// @param parts at least one
    String text(RequestType type, List<Part> parts);
}
