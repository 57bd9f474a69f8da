package io.sagebench.live.client;

import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.ServedBy;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.Vectors;
import io.sagebench.request.Outcome;
import java.util.Optional;

/// What came of a request, whichever way it ended.
///
/// @param content  when content came
/// @param tokens   how many tokens it took
/// @param vectors  of texts to embed
/// @param servedBy what the control plane said of itself, when it did
/// @param outcome  how it ended
/// @param said     the answer itself, where it is wanted since the server did not count its tokens
record Answer(
        ContentEvents content,
        TokenCounts tokens,
        Optional<Vectors> vectors,
        Optional<ServedBy> servedBy,
        Outcome outcome,
        Optional<RawAnswer> said) {

    /// Nothing came.
    static Answer none(Outcome outcome) {
        return new Answer(new ContentEvents(), TokenCounts.ofEvents(0), Optional.empty(), Optional.empty(), outcome, Optional.empty());
    }
}
