package io.sagebench.workload;

import io.sagebench.request.Priority;
import java.util.Optional;
import java.util.OptionalInt;

/// Texts that were given, by their numbers: the prompts of a dataset, or its texts to embed. Lengths are known at once; a text is fetched when it is
/// asked for, so that a plan over a file larger than memory holds none of them.
///
/// May be asked from any thread.
public interface PromptPool {

    /// What it is called in reports.
    String name();

    /// How many texts it has, at least 1.
    long size();

    /// Tokens of a text, with what is said before it, as far as that is known; at least 1.
    int promptTokens(long row);

    /// Tokens of the answer to ask for, where the dataset says it.
    OptionalInt outputTokens(long row);

    /// How urgent it is, where the dataset says it.
    default Optional<Priority> priority(long row) {
        return Optional.empty();
    }

    /// The text itself.
    String text(long row);

    /// What the system says before it, if anything.
    Optional<String> system(long row);
}
