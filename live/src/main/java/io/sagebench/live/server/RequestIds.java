package io.sagebench.live.server;

import io.sagebench.request.RequestId;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The names of requests.
final class RequestIds {
    static final String HEADER = "X-Request-ID";

    private static final int MAX_CHARACTERS = 256; // each event of the answer repeats it

    private RequestIds() {}

    /// From `X-Request-ID`, or a new one.
    ///
    /// @throws BadRequest when the header is too long
    static RequestId of(HttpCall call) throws BadRequest {
        Optional<String> given = call.header(HEADER);
        if (given.isPresent() && given.get().length() > MAX_CHARACTERS) {
            throw new BadRequest(
                    ApiError.about(HEADER, "header " + HEADER + " must have at most " + MAX_CHARACTERS + " characters"));
        }
        return new RequestId(given.orElseGet(() ->
                "req-" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE)));
    }
}
