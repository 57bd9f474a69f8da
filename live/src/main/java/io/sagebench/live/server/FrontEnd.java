package io.sagebench.live.server;

import io.sagebench.live.clock.LiveTimeline;
import java.util.Map;

/// The routes that both servers have.
final class FrontEnd {
    private FrontEnd() {}

    /// Health and chat.
    static Routes routes(LiveTimeline timeline, ChatService service, TimelineRoute.Answer models) {
        Reply healthy = Reply.ok(Map.of("status", "ok"));
        return new Routes()
                .get("/health", call -> call.response().reply(healthy))
                .get("/v1/models", new TimelineRoute(timeline, models))
                .post("/v1/chat/completions", new ChatRoute(timeline, service));
    }
}
