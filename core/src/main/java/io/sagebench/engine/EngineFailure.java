package io.sagebench.engine;

import java.time.Duration;
import java.util.Optional;

/// Why an engine gave no complete answer.
///
/// @param kind       how it shows on the wire
/// @param status     the HTTP status that tells a client best: the engine's own where it sent one, else 502 or 504
/// @param type       the kind of error in the words of the OpenAI API, for example `rate_limit_error`; empty to go by the status
/// @param message    for a person
/// @param retryAfter how long the engine asks to be left alone (`Retry-After`); absent when it does not
/// @param answerBegun whether bytes of the answer have gone to the client already, so that no other engine can begin it anew
public record EngineFailure(
        Kind kind, int status, String type, String message, Optional<Duration> retryAfter, boolean answerBegun) {
    private static final int TOO_MANY_REQUESTS = 429;

    /// How a failure shows on the wire.
    public enum Kind {
        /// An error: with its status while nothing was sent, else as an event within the answer.
        ERROR,
        /// The connection is reset.
        RESET,
        /// The answer ends early, without finish reason or `[DONE]`.
        CUT_SHORT
    }

    /// One whose engine does not say when to come back.
    public EngineFailure(Kind kind, int status, String type, String message) {
        this(kind, status, type, message, Optional.empty(), false);
    }

    /// An error whose type follows from its status.
    public EngineFailure(int status, String message) {
        this(Kind.ERROR, status, "", message);
    }

    /// The same of an engine that asks to be left alone.
    public EngineFailure retryAfter(Duration delay) {
        return new EngineFailure(kind, status, type, message, Optional.of(delay), answerBegun);
    }

    /// The same when bytes of the answer have gone to the client already.
    public EngineFailure afterAnswerBegan() {
        return new EngineFailure(kind, status, type, message, retryAfter, true);
    }

    /// Whether it speaks against the engine rather than the request: an error of the server, a broken connection or answer, silence. Not that the
    /// engine is busy.
    public boolean isFaultOfEngine() {
        return kind != Kind.ERROR || status >= 500;
    }

    /// Whether another engine might answer the same request: it was a fault of the engine, or it is busy, and nothing of an answer is out.
    public boolean mayNotRecurElsewhere() {
        return !answerBegun && (isFaultOfEngine() || status == TOO_MANY_REQUESTS);
    }
}
