package io.sagebench.engine;

/// Why an engine gave no complete answer.
///
/// @param kind    how it shows on the wire
/// @param status  the HTTP status that tells a client best: the engine's own where it sent one, else 502 or 504
/// @param type    the kind of error in the words of the OpenAI API, for example `rate_limit_error`; empty to go by the status
/// @param message for a person
public record EngineFailure(Kind kind, int status, String type, String message) {
    /// How a failure shows on the wire.
    public enum Kind {
        /// An error: with its status while nothing was sent, else as an event within the answer.
        ERROR,
        /// The connection is reset.
        RESET,
        /// The answer ends early, without finish reason or `[DONE]`.
        CUT_SHORT
    }

    /// An error whose type follows from its status.
    public EngineFailure(int status, String message) {
        this(Kind.ERROR, status, "", message);
    }
}
