package io.sagebench.engine.fault;

import io.sagebench.engine.EngineFailure;
import java.util.List;
import java.util.Optional;

/// An error that an engine answers with.
///
/// @param name    how faults name it: one of [#NAMED], or the status
/// @param status  HTTP status, 400 to 599
/// @param type    in the words of the OpenAI API; empty to go by the status
/// @param message for a person
public record FaultError(String name, int status, String type, String message) {
    /// The failure types of llm-d-inference-sim.
    public static final List<FaultError> NAMED = List.of(
            new FaultError("rate_limit", 429, "rate_limit_error", "injected fault: the rate limit is reached"),
            new FaultError("invalid_api_key", 401, "authentication_error", "injected fault: the API key is not valid"),
            new FaultError(
                    "context_length",
                    400,
                    "invalid_request_error",
                    "injected fault: the request is longer than this model's maximum context length"),
            new FaultError("server_error", 503, "server_error", "injected fault: the server is overloaded or not ready yet"),
            new FaultError("invalid_request", 400, "invalid_request_error", "injected fault: the request is not valid"),
            new FaultError("model_not_found", 404, "not_found_error", "injected fault: the model does not exist"));

    public FaultError {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("the status of an error must be from 400 to 599, but was " + status);
        }
    }

    /// The error of that name, if there is one.
    public static Optional<FaultError> named(String name) {
        return NAMED.stream().filter(error -> error.name().equals(name)).findFirst();
    }

    /// An error with nothing but a status.
    public static FaultError of(int status) {
        return new FaultError(Integer.toString(status), status, "", "injected fault: status " + status);
    }

    EngineFailure failure() {
        return new EngineFailure(EngineFailure.Kind.ERROR, status, type, message);
    }
}
