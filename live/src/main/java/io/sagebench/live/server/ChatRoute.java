package io.sagebench.live.server;

import io.sagebench.live.clock.LiveTimeline;
import java.util.concurrent.RejectedExecutionException;

/// `POST /v1/chat/completions`: reads the request and hands it to who answers it.
final class ChatRoute implements Route {
    private final LiveTimeline timeline;
    private final ChatService service;
    private final Outbox outbox;

    ChatRoute(LiveTimeline timeline, ChatService service) {
        this.timeline = timeline;
        this.service = service;
        this.outbox = new Outbox(timeline);
    }

    @Override
    public void handle(HttpCall call) {
        ChatRequest request;
        try {
            request = ChatRequestReader.read(call);
        } catch (BadRequest bad) {
            call.response().reply(bad.error().toReply());
            return;
        }
        var exchange = new ChatExchange(request, call, outbox, System.currentTimeMillis() / 1_000);
        try {
            timeline.execute(() -> exchange.submitTo(service));
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
            return;
        }
        call.response().whenGone(() -> cancel(exchange));
    }

    private void cancel(ChatExchange exchange) {
        try {
            timeline.execute(exchange::clientLeft);
        } catch (RejectedExecutionException _) {
            // the run has ended, and all work with it
        }
    }
}
