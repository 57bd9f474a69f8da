package io.sagebench.live.engine;

import io.sagebench.request.Check;
import java.time.Duration;
import java.util.Optional;

/// How a server is watched while it serves.
///
/// @param healthPath      what to ask for its health, below the server's root
/// @param metricsInterval from one look at its metrics to the next; absent to leave them alone
public record EngineWatch(String healthPath, Optional<Duration> metricsInterval) {
    /// `/health`, or `/v1/models` where there is no such thing; metrics every second.
    public static final EngineWatch DEFAULT = new EngineWatch("/health", Optional.of(Duration.ofSeconds(1)));

    public EngineWatch {
        if (!healthPath.startsWith("/")) {
            throw new IllegalArgumentException("healthPath must begin with /, but is '" + healthPath + "'");
        }
        metricsInterval.ifPresent(interval -> Check.atLeast(1, interval.toMillis(), "metricsInterval in milliseconds"));
    }
}
