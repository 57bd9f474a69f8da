package io.sagebench.live.server;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.OptionalInt;

/// How a mock engine's port behaves beyond what its engine decides.
///
/// @param answers             what answers say
/// @param lengths             how long answers are
/// @param maxWaiting          the most requests that wait for admission; further ones are refused with 429. Absent for no limit, as in vLLM
/// @param embeddingDimensions length of the vectors `/v1/embeddings` answers with
/// @param startup             for how long `/health/ready` says that the engine is not ready yet
/// @param sleepMode           whether `/sleep` and `/wake_up` are there
/// @param requestIdHeaders    whether answers carry the request's `X-Request-Id`
/// @param seed                of answers and lengths
public record MockEngineOptions(
        Answers answers,
        Lengths lengths,
        OptionalInt maxWaiting,
        int embeddingDimensions,
        Duration startup,
        boolean sleepMode,
        boolean requestIdHeaders,
        Seed seed) {
    /// Answers of words, as long as allowed; sleep mode on.
    public static final MockEngineOptions DEFAULT = new MockEngineOptions(
            Answers.WORDS, Lengths.FULL, OptionalInt.empty(), 384, Duration.ZERO, true, false, new Seed(1));

    public MockEngineOptions {
        Check.atLeast(1, embeddingDimensions, "embeddingDimensions");
    }

    /// What answers say.
    public enum Answers {
        /// Common words.
        WORDS,
        /// The prompt, or of a chat the last message, from its beginning; over with its end.
        ECHO
    }

    /// How long answers are where the request does not ask for the full length with `ignore_eos`.
    public enum Lengths {
        /// As long as `max_tokens` allows.
        FULL,
        /// Drawn from the seed: of six equal classes of up to `max_tokens`, taken with 20, 30, 20, 5, 10 and 15 %.
        SAMPLED
    }
}
