package io.sagebench.request;

/// How one request ended, as its client saw it. Each way is ordinary data: a run with rejections is a valid run. Only [Completed] feeds
/// latency statistics; all feed rates and SLO attainment.
public sealed interface Outcome {

    /// The server finished an answer that has content.
    record Completed() implements Outcome {}

    /// The server declined to take the request: status 429 or 503.
    record Rejected(int status, String reason) implements Outcome {}

    /// The server answered with any other status than success.
    record HttpError(int status, String message) implements Outcome {}

    /// The server sent an error, or nonsense, inside a response of status 200.
    record StreamError(String message) implements Outcome {}

    /// The body ended cleanly, but neither `[DONE]` nor a finish reason had come.
    record Truncated() implements Outcome {}

    /// The answer finished without any content.
    record Empty(String reason) implements Outcome {}

    /// A limit of the client's passed.
    record TimedOut(TimeoutPhase phase) implements Outcome {}

    /// No connection, or it broke before the answer was complete.
    record ConnectionFailed(String reason) implements Outcome {}

    /// The client gave up on purpose, for example on interrupt.
    record Cancelled() implements Outcome {}

    /// The stable name in reports and records.
    default String wireName() {
        return switch (this) {
            case Completed _ -> "completed";
            case Rejected _ -> "rejected";
            case HttpError _ -> "http_error";
            case StreamError _ -> "stream_error";
            case Truncated _ -> "truncated";
            case Empty _ -> "empty";
            case TimedOut _ -> "timed_out";
            case ConnectionFailed _ -> "connection_failed";
            case Cancelled _ -> "cancelled";
        };
    }

    /// What a person needs to know beyond the name; empty when the name says all.
    default String detail() {
        return switch (this) {
            case Completed _, Truncated _, Cancelled _ -> "";
            case Rejected(int status, String reason) -> status + ": " + reason;
            case HttpError(int status, String message) -> status + ": " + message;
            case StreamError(String message) -> message;
            case Empty(String reason) -> reason;
            case TimedOut(TimeoutPhase phase) -> phase.wireName();
            case ConnectionFailed(String reason) -> reason;
        };
    }
}
