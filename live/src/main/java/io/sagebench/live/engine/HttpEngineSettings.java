package io.sagebench.live.engine;

import io.sagebench.live.net.BearerToken;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How to use a server behind a URL.
///
/// @param apiKey        sent to it, when it wants one
/// @param headers       sent with each request beside our own
/// @param maxConcurrent the most requests to have in it at a time, at least 1
/// @param timeouts      how long to wait for it
/// @param declared      what is known of it before it is asked
/// @param watch         how it is watched
public record HttpEngineSettings(
        Optional<BearerToken> apiKey,
        Map<String, String> headers,
        int maxConcurrent,
        UpstreamTimeouts timeouts,
        DeclaredServer declared,
        EngineWatch watch) {
    /// No key, 100 requests, the default timeouts, nothing known, watched.
    public static final HttpEngineSettings DEFAULT = new HttpEngineSettings(
            Optional.empty(), Map.of(), 100, UpstreamTimeouts.DEFAULT, DeclaredServer.NOTHING, EngineWatch.DEFAULT);

    public HttpEngineSettings {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        Check.atLeast(1, maxConcurrent, "maxConcurrent");
    }

    /// From a request until the first byte of its answer.
    public Duration firstByteTimeout() {
        return timeouts.firstByte();
    }

    /// Between two pieces of an answer.
    public Duration idleTimeout() {
        return timeouts.idle();
    }

    /// The same with a key.
    public HttpEngineSettings withApiKey(BearerToken key) {
        return new HttpEngineSettings(Optional.of(key), headers, maxConcurrent, timeouts, declared, watch);
    }

    /// The same with other headers.
    public HttpEngineSettings withHeaders(Map<String, String> others) {
        return new HttpEngineSettings(apiKey, others, maxConcurrent, timeouts, declared, watch);
    }

    /// The same with another limit on requests.
    public HttpEngineSettings withMaxConcurrent(int limit) {
        return new HttpEngineSettings(apiKey, headers, limit, timeouts, declared, watch);
    }

    /// The same with other limits on waiting for an answer.
    public HttpEngineSettings withTimeouts(Duration firstByte, Duration idle) {
        return with(timeouts.withAnswer(firstByte, idle));
    }

    /// The same with other limits on waiting.
    public HttpEngineSettings with(UpstreamTimeouts others) {
        return new HttpEngineSettings(apiKey, headers, maxConcurrent, others, declared, watch);
    }

    /// The same with other knowledge of the server.
    public HttpEngineSettings with(DeclaredServer other) {
        return new HttpEngineSettings(apiKey, headers, maxConcurrent, timeouts, other, watch);
    }

    /// The same, watched in another way.
    public HttpEngineSettings with(EngineWatch other) {
        return new HttpEngineSettings(apiKey, headers, maxConcurrent, timeouts, declared, other);
    }
}
