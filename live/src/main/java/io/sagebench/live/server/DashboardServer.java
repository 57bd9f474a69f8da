package io.sagebench.live.server;

import io.sagebench.live.dashboard.PolicyColours;
import io.sagebench.live.dashboard.SnapshotSource;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// A dashboard on a port of its own. Listens once it is made. Safe for use by any thread.
public final class DashboardServer implements AutoCloseable {
    private static final Duration LAST_BYTES = Duration.ofSeconds(1);

    private final DashboardRoutes dashboard;
    private final HttpListener listener;
    private final String host;

    /// @param settings how to listen; its figures are for programs on this machine, and with the admin token for others
    /// @param source   has the figures
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public DashboardServer(ServerSettings settings, SnapshotSource source, PolicyColours colours) throws BindException {
        dashboard = new DashboardRoutes(source, colours);
        host = settings.host();
        var routes = new Routes()
                .get("/", call -> call.response().reply(new Reply(302, Map.of("Location", DashboardRoutes.PATH), new byte[0])));
        dashboard.addTo(routes, new AdminGuard(settings.adminToken(), host));
        listener = new HttpListener("dashboard", settings, routes);
    }

    /// Where the page is.
    public URI url() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.port() + DashboardRoutes.PATH);
    }

    /// How many watch.
    public int watching() {
        return dashboard.watching();
    }

    /// Sends those who watch the last state, and ends. Blocks; harmless when called again.
    @Override
    public void close() {
        dashboard.finish(LAST_BYTES);
        listener.closeWithin(LAST_BYTES);
    }
}
