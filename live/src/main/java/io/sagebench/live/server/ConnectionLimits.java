package io.sagebench.live.server;

import io.sagebench.request.Check;
import java.time.Duration;

/// What one connection may ask of a server, so that no client can exhaust it.
///
/// @param maxConnections  connections at a time; one more is answered with 503 and closed
/// @param maxHeaderBytes  of all headers of a request; more is answered with 431
/// @param maxBodyBytes    of a request's body; more is answered with 413
/// @param requestTimeout  from the first byte of a request to its last; later it is answered with 408
/// @param idleTimeout     a connection without a request is closed after
/// @param stallTimeout    a client that takes nothing of its answer, though more is ready, is cut off after
/// @param maxPendingBytes of an answer that wait for its client; one that falls further behind is cut off
public record ConnectionLimits(
        int maxConnections,
        int maxHeaderBytes,
        int maxBodyBytes,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration stallTimeout,
        int maxPendingBytes) {
    /// 16,384 connections, 32 KiB of headers, bodies of 8 MiB that arrive within 30 s; 5 minutes idle, 60 s stalled, 8 MiB behind.
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            16_384,
            32 << 10,
            8 << 20,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            8 << 20);

    public ConnectionLimits {
        Check.atLeast(1, maxConnections, "maxConnections");
        Check.atLeast(256, maxHeaderBytes, "maxHeaderBytes");
        Check.atLeast(1, maxBodyBytes, "maxBodyBytes");
        Check.atLeast(1, requestTimeout.toMillis(), "requestTimeout in milliseconds");
        Check.atLeast(1, idleTimeout.toMillis(), "idleTimeout in milliseconds");
        Check.atLeast(1, stallTimeout.toMillis(), "stallTimeout in milliseconds");
        Check.atLeast(1, maxPendingBytes, "maxPendingBytes");
    }

    /// The same with another limit on connections.
    public ConnectionLimits withMaxConnections(int connections) {
        return new ConnectionLimits(
                connections, maxHeaderBytes, maxBodyBytes, requestTimeout, idleTimeout, stallTimeout, maxPendingBytes);
    }

    /// The same with another limit on headers.
    public ConnectionLimits withMaxHeaderBytes(int bytes) {
        return new ConnectionLimits(
                maxConnections, bytes, maxBodyBytes, requestTimeout, idleTimeout, stallTimeout, maxPendingBytes);
    }

    /// The same with another limit on bodies.
    public ConnectionLimits withMaxBodyBytes(int bytes) {
        return new ConnectionLimits(
                maxConnections, maxHeaderBytes, bytes, requestTimeout, idleTimeout, stallTimeout, maxPendingBytes);
    }

    /// The same with other limits on a client's slowness.
    public ConnectionLimits withTimeouts(Duration request, Duration idle, Duration stall) {
        return new ConnectionLimits(
                maxConnections, maxHeaderBytes, maxBodyBytes, request, idle, stall, maxPendingBytes);
    }

    /// The same with another limit on how far a client may fall behind.
    public ConnectionLimits withMaxPendingBytes(int bytes) {
        return new ConnectionLimits(
                maxConnections, maxHeaderBytes, maxBodyBytes, requestTimeout, idleTimeout, stallTimeout, bytes);
    }
}
