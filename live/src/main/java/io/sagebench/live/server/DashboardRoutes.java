package io.sagebench.live.server;

import io.sagebench.live.dashboard.DashboardPage;
import io.sagebench.live.dashboard.PolicyColours;
import io.sagebench.live.dashboard.SnapshotJson;
import io.sagebench.live.dashboard.SnapshotSource;
import java.time.Duration;
import java.util.Map;

/// The dashboard of a server: the page, which everybody may load, and the figures, for those whom the guard lets in.
final class DashboardRoutes {
    static final String PATH = "/dashboard";
    /// Nothing from elsewhere, nothing within the page that is a script, and no other page around it.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final SnapshotSource source;
    private final EventStreams events;

    DashboardRoutes(SnapshotSource source, PolicyColours colours) {
        this.source = source;
        this.events = new EventStreams(source, colours);
    }

    void addTo(Routes routes, AdminGuard guard) {
        routes.get(PATH, file("text/html; charset=utf-8", DashboardPage.html()))
                .get(PATH + "/dashboard.js", file("text/javascript; charset=utf-8", DashboardPage.script()))
                .get(PATH + "/dashboard.css", file("text/css; charset=utf-8", DashboardPage.style()))
                .get(PATH + "/events", guard.guarding(events))
                .get(PATH + "/now", guard.guarding(this::now));
    }

    /// Sends those who watch the last state and lets them go. Blocks; not for the timeline or an event loop.
    void finish(Duration limit) {
        events.finish(limit);
    }

    /// How many watch.
    int watching() {
        return events.watching();
    }

    private static Route file(String type, byte[] content) {
        var reply = new Reply(
                200,
                Map.of(
                        Reply.CONTENT_TYPE, type,
                        "Content-Security-Policy", POLICY,
                        "X-Content-Type-Options", "nosniff",
                        "Referrer-Policy", "no-referrer",
                        "Cache-Control", "no-cache"),
                content);
        return call -> call.response().reply(reply);
    }

    private void now(HttpCall call) {
        source.ask(call.loop(), snapshot -> call.response().reply(Reply.json(200, SnapshotJson.ofNow(snapshot))));
    }
}
