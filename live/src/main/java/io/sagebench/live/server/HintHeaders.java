package io.sagebench.live.server;

import io.sagebench.live.server.GatewayRequest.Hints;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads the headers by which a client tells the scheduler what a request is worth.
final class HintHeaders {
    private static final double MAX_MILLIS = 1e12; // 31 years: beyond it nanoseconds do not fit

    private HintHeaders() {}

    /// @param endpoint the type of request that came, which `X-Request-Type` may repeat
    /// @throws BadRequest when a header has a value that is not allowed
    static Hints read(HttpCall call, JsonBody body, RequestType endpoint) throws BadRequest {
        checkType(call, endpoint);
        return new Hints(
                priority(call),
                new ServiceLevel(
                        millis(call, "X-SLO-Deadline-Ms"), millis(call, "X-SLO-TTFT-Ms"), millis(call, "X-SLO-TBT-Ms")),
                caller(call, body),
                count(call, "X-Predicted-Output-Tokens"));
    }

    /// Whose key it came with, or `X-Tenant-Id`, or the body's `user`; and `X-Session-Id`.
    private static Caller caller(HttpCall call, JsonBody body) throws BadRequest {
        Optional<String> named = PlainHeader.read(call, "X-Tenant-Id");
        return new Caller(call.tenant().or(() -> named).or(() -> user(body)), PlainHeader.read(call, "X-Session-Id"));
    }

    private static Optional<String> user(JsonBody body) {
        JsonNode user = body.get("user");
        return user == null ? Optional.empty() : user.stringValueOpt().map(String::strip).filter(name -> !name.isEmpty());
    }

    private static void checkType(HttpCall call, RequestType endpoint) throws BadRequest {
        String header = "X-Request-Type";
        Optional<String> given = call.header(header);
        if (given.isPresent() && !given.get().equalsIgnoreCase(endpoint.wireName())) {
            throw wrong(header, "'" + endpoint.wireName() + "' at " + call.path(), given.get());
        }
    }

    /// `X-Request-Priority`.
    static Priority priority(HttpCall call) throws BadRequest {
        String header = "X-Request-Priority";
        Optional<String> given = call.header(header);
        if (given.isEmpty()) {
            return Priority.NORMAL;
        }
        String known = Arrays.stream(Priority.values()).map(Priority::name).collect(Collectors.joining(", "));
        return Priority.named(given.get().toUpperCase(Locale.ROOT))
                .orElseThrow(() -> wrong(header, "one of " + known, given.get()));
    }

    private static Optional<Duration> millis(HttpCall call, String header) throws BadRequest {
        Optional<String> given = call.header(header);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String allowed = "a number of milliseconds above 0";
        try {
            double millis = Double.parseDouble(given.get());
            long nanos = Math.round(millis * 1e6);
            if (millis <= MAX_MILLIS && nanos > 0) {
                return Optional.of(Duration.ofNanos(nanos));
            }
        } catch (NumberFormatException _) {
            // told below, with the numbers that are out of range
        }
        throw wrong(header, allowed, given.get());
    }

    private static OptionalInt count(HttpCall call, String header) throws BadRequest {
        Optional<String> given = call.header(header);
        if (given.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int count = Integer.parseInt(given.get());
            if (count >= 1) {
                return OptionalInt.of(count);
            }
        } catch (NumberFormatException _) {
            // told below, with the numbers that are out of range
        }
        throw wrong(header, "a whole number of at least 1", given.get());
    }

    private static BadRequest wrong(String header, String allowed, String given) {
        return new BadRequest(
                ApiError.about(header, "header " + header + " must be " + allowed + ", but is '" + given + "'"));
    }
}
