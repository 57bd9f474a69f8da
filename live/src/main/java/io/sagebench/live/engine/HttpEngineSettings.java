package io.sagebench.live.engine;

import io.sagebench.live.net.BearerToken;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.Optional;

/// How to use a server behind a URL.
///
/// @param apiKey           sent to it, when it wants one
/// @param maxConcurrent    the most requests to have in it at a time, at least 1
/// @param connectTimeout   until a connection stands
/// @param firstByteTimeout from a request until the first byte of its answer
/// @param idleTimeout      between two pieces of an answer
public record HttpEngineSettings(
        Optional<BearerToken> apiKey,
        int maxConcurrent,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration idleTimeout) {
    /// No key, 100 requests, 2 s to connect, 60 s for the first byte and between two pieces.
    public static final HttpEngineSettings DEFAULT = new HttpEngineSettings(
            Optional.empty(), 100, Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(60));

    public HttpEngineSettings {
        Check.atLeast(1, maxConcurrent, "maxConcurrent");
        Check.atLeast(1, connectTimeout.toMillis(), "connectTimeout in milliseconds");
        Check.atLeast(1, firstByteTimeout.toMillis(), "firstByteTimeout in milliseconds");
        Check.atLeast(1, idleTimeout.toMillis(), "idleTimeout in milliseconds");
    }

    /// The same with a key.
    public HttpEngineSettings withApiKey(BearerToken key) {
        return new HttpEngineSettings(Optional.of(key), maxConcurrent, connectTimeout, firstByteTimeout, idleTimeout);
    }

    /// The same with another limit on requests.
    public HttpEngineSettings withMaxConcurrent(int limit) {
        return new HttpEngineSettings(apiKey, limit, connectTimeout, firstByteTimeout, idleTimeout);
    }

    /// The same with other limits on waiting for an answer.
    public HttpEngineSettings withTimeouts(Duration firstByte, Duration idle) {
        return new HttpEngineSettings(apiKey, maxConcurrent, connectTimeout, firstByte, idle);
    }
}
