package io.sagebench.live.client;

import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.journal.Vectors;
import io.sagebench.live.wire.ChunkScanner;
import io.sagebench.live.wire.EmbeddingScanner;
import io.sagebench.request.Outcome;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes facts of the answer to a request for embeddings. Reused for each such answer of a connection.
final class VectorsAnswer {
    private final EmbeddingScanner scanner = new EmbeddingScanner();
    private Optional<Vectors> vectors = Optional.empty();
    private int promptTokens = ChunkScanner.NOT_TOLD;

    /// Makes ready for a new answer.
    void begin() {
        vectors = Optional.empty();
        promptTokens = ChunkScanner.NOT_TOLD;
    }

    /// Takes the whole answer, complete at `atNanos`.
    ///
    /// @param asked how many texts were sent
    Outcome take(byte[] bytes, int from, int to, int asked, long atNanos, ContentEvents content) {
        if (!scanner.scan(bytes, from, to)) {
            return new Outcome.StreamError("malformed JSON: " + ErrorMessage.of(bytes, from, Math.min(to, from + 400)));
        }
        if (scanner.isError()) {
            return new Outcome.StreamError(ErrorMessage.of(bytes, from, to));
        }
        promptTokens = scanner.promptTokens();
        if (scanner.vectors() == 0) {
            return new Outcome.Empty("no vectors");
        }
        content.wholeBody(atNanos);
        vectors = Optional.of(new Vectors(
                scanner.vectors(),
                scanner.dimensions() == ChunkScanner.NOT_TOLD ? OptionalInt.empty() : OptionalInt.of(scanner.dimensions())));
        return scanner.vectors() == asked
                ? new Outcome.Completed()
                : new Outcome.StreamError(scanner.vectors() + " vectors for " + asked + " texts");
    }

    /// What came; absent when nothing did.
    Optional<Vectors> vectors() {
        return vectors;
    }

    TokenCounts tokens() {
        return new TokenCounts(
                promptTokens == ChunkScanner.NOT_TOLD ? OptionalInt.empty() : OptionalInt.of(promptTokens),
                OptionalInt.empty(),
                0,
                promptTokens == ChunkScanner.NOT_TOLD ? TokenSource.CONTENT_EVENTS : TokenSource.USAGE);
    }
}
