package io.sagebench.workload;

import io.sagebench.engine.PromptContent;
import io.sagebench.random.Mix;
import java.util.List;

/// What a conversation says, without its text: equals another as far as both consist of the same parts.
record TurnsContent(List<PromptBody.Turns.Part> parts) implements PromptContent {
    @Override
    public long digest(int from, int to) {
        long digest = (long) to - from;
        int begins = 0;
        for (PromptBody.Turns.Part part : parts) {
            int ends = begins + part.tokens();
            int first = Math.max(from, begins);
            int last = Math.min(to, ends);
            if (first < last) {
                digest = Mix.of(Mix.of(digest, part.seed().value()), (long) (first - begins) << 32 | (last - begins));
            }
            begins = ends;
        }
        return digest;
    }
}
