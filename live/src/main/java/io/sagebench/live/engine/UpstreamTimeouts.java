package io.sagebench.live.engine;

import io.sagebench.request.Check;
import java.time.Duration;

/// How long to wait for a server. How long its client may dawdle is a limit of the connection to the client.
///
/// @param connect   until a connection stands
/// @param firstByte from a request until the first byte of its answer
/// @param idle      between two pieces of an answer
/// @param probe     for the answer to a question about health, models or metrics
public record UpstreamTimeouts(Duration connect, Duration firstByte, Duration idle, Duration probe) {
    /// 2 s to connect, 60 s for the first byte, between two pieces, 5 s for a probe.
    public static final UpstreamTimeouts DEFAULT = new UpstreamTimeouts(
            Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(5));

    public UpstreamTimeouts {
        Check.atLeast(1, connect.toMillis(), "connect in milliseconds");
        Check.atLeast(1, firstByte.toMillis(), "firstByte in milliseconds");
        Check.atLeast(1, idle.toMillis(), "idle in milliseconds");
        Check.atLeast(1, probe.toMillis(), "probe in milliseconds");
    }

    /// The same with other limits on waiting for an answer.
    public UpstreamTimeouts withAnswer(Duration otherFirstByte, Duration otherIdle) {
        return new UpstreamTimeouts(connect, otherFirstByte, otherIdle, probe);
    }
}
