package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import io.sagebench.request.RequestType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /// The same for a server that counts more than the text: what its chat template, or the model's conventions, put around it. Texts are shorter by
    /// that, but have at least one token.
    ///
    /// @param around tokens by the type of the request; 0 where none are named
    default Wording leavingRoomFor(Map<RequestType, Integer> around) {
        around.values().forEach(tokens -> Check.notNegative(tokens, "tokens around a text"));
        return (type, parts) -> text(type, shortened(parts, around.getOrDefault(type, 0)));
    }

    private static List<Part> shortened(List<Part> parts, int fewer) {
        var left = new ArrayList<>(parts);
        int much = fewer;
        while (much > 0) {
            Part last = left.removeLast();
            if (last.tokens() > much || left.isEmpty()) {
                left.add(new Part(last.seed(), Math.max(1, last.tokens() - much)));
                return left;
            }
            much -= last.tokens();
        }
        return left;
    }
}
