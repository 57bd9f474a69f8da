package io.sagebench.benchmark.config;

import io.sagebench.inference.HfTokenizer;
import io.sagebench.request.Tokenizer;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The model's own tokenizer, when it is at hand.
final class TokenizerChoice {
    private final Values values;
    private final List<String> notes;

    TokenizerChoice(Values values, List<String> notes) {
        this.values = values;
        this.notes = notes;
    }

    /// @param simulated whether no text is ever sent
    Optional<Tokenizer> tokenizer(boolean simulated) {
        Optional<String> given = values.text(Setting.TOKENIZER);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Origin origin = values.origin(Setting.TOKENIZER).orElseThrow();
        try {
            HfTokenizer tokenizer = HfTokenizer.read(Path.of(given.get()));
            if (simulated) {
                notes.add("the tokenizer has no effect in virtual time, where no text is sent");
            }
            return Optional.of(tokenizer);
        } catch (IOException | InvalidPathException unusable) {
            values.sentence(origin, "cannot be used: " + unusable.getMessage());
            return Optional.empty();
        }
    }
}
