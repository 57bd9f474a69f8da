package io.sagebench.live.server;

import io.sagebench.live.net.BearerToken;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.Optional;

/// How a server listens.
///
/// @param host         the address to listen on
/// @param port         the port, or 0 for any that is free
/// @param maxBodyBytes the largest request body it takes
/// @param ioThreads    event loops, at least 1
/// @param adminToken   opens the admin endpoints to peers that are not on this machine; without it they are closed to these
/// @param drainLimit   how long running answers may go on when the server closes
public record ServerSettings(
        String host, int port, int maxBodyBytes, int ioThreads, Optional<BearerToken> adminToken, Duration drainLimit) {
    /// Only this machine.
    public static final String LOOPBACK = "127.0.0.1";

    /// 8 MiB.
    public static final int DEFAULT_MAX_BODY_BYTES = 8 << 20;

    public ServerSettings {
        Check.notBlank(host, "host");
        Check.atLeast(0, port, "port");
        Check.atLeast(1, maxBodyBytes, "maxBodyBytes");
        Check.atLeast(1, ioThreads, "ioThreads");
        Check.notNegative(drainLimit.toNanos(), "drainLimit");
    }

    /// Loopback only, bodies of 8 MiB, half the cores for sockets, no admin token, 5 seconds to drain.
    public static ServerSettings onLoopback(int port) {
        int ioThreads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new ServerSettings(
                LOOPBACK, port, DEFAULT_MAX_BODY_BYTES, ioThreads, Optional.empty(), Duration.ofSeconds(5));
    }

    /// The same on another address; `0.0.0.0` is every address of this machine.
    public ServerSettings on(String otherHost) {
        return new ServerSettings(otherHost, port, maxBodyBytes, ioThreads, adminToken, drainLimit);
    }

    /// The same with a token for the admin endpoints.
    public ServerSettings withAdminToken(BearerToken token) {
        return new ServerSettings(host, port, maxBodyBytes, ioThreads, Optional.of(token), drainLimit);
    }

    /// The same with another limit on request bodies.
    public ServerSettings withMaxBodyBytes(int bytes) {
        return new ServerSettings(host, port, bytes, ioThreads, adminToken, drainLimit);
    }

    /// The same with another limit on running answers when the server closes.
    public ServerSettings withDrainLimit(Duration limit) {
        return new ServerSettings(host, port, maxBodyBytes, ioThreads, adminToken, limit);
    }
}
