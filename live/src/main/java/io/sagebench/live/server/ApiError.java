package io.sagebench.live.server;

import io.sagebench.engine.EngineFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An error as OpenAI's clients expect it: `{"error": {"message", "type", "param", "code"}}`.
///
/// @param status     HTTP status, 400 to 599
/// @param givenType  the kind of error, where it does not follow from the status
/// @param message    for a person: what was given and what is allowed
/// @param param      the field or header it is about
/// @param code       stable, for programs
/// @param retryAfter when to try again, if that can help
record ApiError(
        int status,
        Optional<String> givenType,
        String message,
        Optional<String> param,
        Optional<String> code,
        Optional<Duration> retryAfter) {

    /// An error of the kind that follows from its status.
    ApiError(int status, String message, Optional<String> param, Optional<String> code, Optional<Duration> retryAfter) {
        this(status, Optional.empty(), message, param, code, retryAfter);
    }

    /// An error about nothing in particular.
    static ApiError of(int status, String code, String message) {
        return new ApiError(status, message, Optional.empty(), Optional.of(code), Optional.empty());
    }

    /// A mistake in one field or header of the request.
    static ApiError about(String param, String message) {
        return new ApiError(400, message, Optional.of(param), Optional.of("invalid_value"), Optional.empty());
    }

    /// What an engine says when it gives no answer.
    static ApiError of(EngineFailure failure) {
        boolean isError = failure.status() >= 400 && failure.status() <= 599;
        Optional<String> type = Optional.of(failure.type()).filter(given -> !given.isEmpty());
        return new ApiError(
                isError ? failure.status() : 502,
                type,
                failure.message(),
                Optional.empty(),
                Optional.of(type.orElse(codeOf(failure.status()))),
                failure.retryAfter()
                        .or(() -> failure.status() == 429 ? Optional.of(Duration.ofSeconds(1)) : Optional.empty()));
    }

    private static String codeOf(int status) {
        return switch (status) {
            case 400 -> "invalid_request";
            case 404 -> "model_not_found";
            case 429 -> "queue_full";
            default -> "engine_failed";
        };
    }

    /// The server takes no new work because it is about to close.
    static ApiError stopping() {
        return ApiError.of(503, "stopping", "this server is stopping and takes no new work")
                .retryAfter(Duration.ofSeconds(1));
    }

    /// The same with a time to try again after.
    ApiError retryAfter(Duration delay) {
        return new ApiError(status, givenType, message, param, code, Optional.of(delay));
    }

    /// The kind of error.
    String type() {
        return givenType.orElseGet(this::typeByStatus);
    }

    private String typeByStatus() {
        if (status == 429) {
            return "rate_limit_error";
        }
        if (status == 401 || status == 403) {
            return "permission_error";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }

    /// The error body, in UTF-8.
    byte[] json() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", type());
        error.put("param", param.orElse(null));
        error.put("code", code.orElse(null));
        return Json.bytes(Map.of("error", error));
    }

    /// The whole response. `Retry-After` is in seconds, rounded up, at least 1.
    Reply toReply() {
        Reply reply = Reply.json(status, json());
        return retryAfter
                .map(delay -> reply.with("Retry-After", Long.toString(wholeSeconds(delay))))
                .orElse(reply);
    }

    private static long wholeSeconds(Duration delay) {
        return Math.max(1, delay.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
