package io.sagebench.live.server;

import io.sagebench.live.net.BearerToken;
import io.sagebench.live.net.ServerIdentity;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.Optional;

/// How a server listens.
///
/// @param host       the address to listen on
/// @param port       the port, or 0 for any that is free
/// @param limits     on what a connection may ask
/// @param identity   with one it speaks TLS, and nothing else
/// @param ioThreads  event loops, at least 1
/// @param adminToken opens the admin endpoints to peers that are not on this machine; without it they are closed to these
/// @param drainLimit how long running answers may go on when the server closes
public record ServerSettings(
        String host,
        int port,
        ConnectionLimits limits,
        Optional<ServerIdentity> identity,
        int ioThreads,
        Optional<BearerToken> adminToken,
        Duration drainLimit) {
    /// Only this machine.
    public static final String LOOPBACK = "127.0.0.1";

    public ServerSettings {
        Check.notBlank(host, "host");
        Check.atLeast(0, port, "port");
        Check.atLeast(1, ioThreads, "ioThreads");
        Check.notNegative(drainLimit.toNanos(), "drainLimit");
    }

    /// Loopback only, default limits, no TLS, half the cores for sockets, no admin token, 5 seconds to drain.
    public static ServerSettings onLoopback(int port) {
        int ioThreads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new ServerSettings(
                LOOPBACK,
                port,
                ConnectionLimits.DEFAULT,
                Optional.empty(),
                ioThreads,
                Optional.empty(),
                Duration.ofSeconds(5));
    }

    /// The same on another address; `0.0.0.0` is every address of this machine.
    public ServerSettings on(String otherHost) {
        return new ServerSettings(otherHost, port, limits, identity, ioThreads, adminToken, drainLimit);
    }

    /// The same on another address and port.
    public ServerSettings at(String otherHost, int otherPort) {
        return new ServerSettings(otherHost, otherPort, limits, identity, ioThreads, adminToken, drainLimit);
    }

    /// The same with a token for the admin endpoints.
    public ServerSettings withAdminToken(BearerToken token) {
        return new ServerSettings(host, port, limits, identity, ioThreads, Optional.of(token), drainLimit);
    }

    /// The same with other limits.
    public ServerSettings with(ConnectionLimits others) {
        return new ServerSettings(host, port, others, identity, ioThreads, adminToken, drainLimit);
    }

    /// The same with TLS.
    public ServerSettings with(ServerIdentity tls) {
        return new ServerSettings(host, port, limits, Optional.of(tls), ioThreads, adminToken, drainLimit);
    }

    /// The same with another limit on request bodies.
    public ServerSettings withMaxBodyBytes(int bytes) {
        return with(limits.withMaxBodyBytes(bytes));
    }

    /// The same with another number of event loops.
    public ServerSettings withIoThreads(int threads) {
        return new ServerSettings(host, port, limits, identity, threads, adminToken, drainLimit);
    }

    /// The same with another limit on running answers when the server closes.
    public ServerSettings withDrainLimit(Duration limit) {
        return new ServerSettings(host, port, limits, identity, ioThreads, adminToken, limit);
    }
}
