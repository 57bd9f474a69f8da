package io.sagebench.benchmark.engine;

import io.sagebench.workload.PromptPool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Prompts that are made before they are sent.
///
/// @param name    what they are, for reports
/// @param prompts at least one
/// @param tokens  of each
record PromptSet(String name, List<String> prompts, List<Integer> tokens) implements PromptPool {
    PromptSet {
        prompts = List.copyOf(prompts);
        tokens = List.copyOf(tokens);
    }

    @Override
    public long size() {
        return prompts.size();
    }

    @Override
    public int promptTokens(long row) {
        return tokens.get((int) row);
    }

    @Override
    public OptionalInt outputTokens(long row) {
        return OptionalInt.empty();
    }

    @Override
    public String text(long row) {
        return prompts.get((int) row);
    }

    @Override
    public Optional<String> system(long row) {
        return Optional.empty();
    }
}
