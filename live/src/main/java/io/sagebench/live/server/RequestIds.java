package io.sagebench.live.server;

import io.sagebench.request.RequestId;
import java.util.concurrent.ThreadLocalRandom;

/// The names of requests.
final class RequestIds {
    static final String HEADER = "X-Request-ID";

    private RequestIds() {}

    /// From `X-Request-ID`, or a new one.
    ///
    /// @throws BadRequest when the header is too long or not plain
    static RequestId of(HttpCall call) throws BadRequest {
        return new RequestId(PlainHeader.read(call, HEADER)
                .orElseGet(() -> "req-" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE)));
    }
}
