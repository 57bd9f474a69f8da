package io.sagebench.controlplane;

import java.time.Duration;
import java.util.Optional;

/// Why a request will not run.
///
/// @param reason     which rule
/// @param message    for a person: what was given and what is allowed
/// @param retryAfter when to try again, if that can help
public record Refusal(Reason reason, String message, Optional<Duration> retryAfter) {

    /// The rules that refuse requests, each with its HTTP status and its OpenAI error code.
    public enum Reason {
        UNKNOWN_MODEL(404, "model_not_found"),
        CONTEXT_TOO_LONG(400, "context_length_exceeded"),
        QUEUE_FULL(429, "queue_full"),
        DISPLACED(429, "displaced"),
        REJECTED_BY_POLICY(429, "rejected_by_policy"),
        DEADLINE_EXPIRED(504, "deadline_expired"),
        NO_ENGINE(503, "no_engine"),
        TENANT_RATE(429, "tenant_rate_exceeded"),
        TENANT_CONCURRENCY(429, "tenant_concurrency_exceeded"),
        SATURATED(429, "saturated"),
        STOPPING(503, "stopping"),
        DUPLICATE_REQUEST_ID(409, "duplicate_request_id"),
        CANCELLED(499, "cancelled");

        private final int status;
        private final String code;

        Reason(int status, String code) {
            this.status = status;
            this.code = code;
        }

        /// The HTTP status a client gets.
        public int status() {
            return status;
        }

        /// Whether it is the client's own mistake: the request could not be served however idle the engines were.
        public boolean isMistakeOfClient() {
            return switch (this) {
                case UNKNOWN_MODEL, CONTEXT_TOO_LONG, DUPLICATE_REQUEST_ID -> true;
                case QUEUE_FULL, DISPLACED, REJECTED_BY_POLICY, DEADLINE_EXPIRED, NO_ENGINE, TENANT_RATE, TENANT_CONCURRENCY, SATURATED,
                        STOPPING, CANCELLED -> false;
            };
        }

        /// The `code` of the OpenAI error body.
        public String code() {
            return code;
        }
    }
}
