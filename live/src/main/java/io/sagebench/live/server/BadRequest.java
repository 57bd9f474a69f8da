package io.sagebench.live.server;

/// Unwinds the reading of a request at its first mistake. Never leaves the front end: it becomes a response.
final class BadRequest extends Exception {
    private final transient ApiError error;

    BadRequest(ApiError error) {
        super(error.message(), null, false, false); // no stack trace: the mistake is the client's
        this.error = error;
    }

    /// What the client is told.
    ApiError error() {
        return error;
    }
}
