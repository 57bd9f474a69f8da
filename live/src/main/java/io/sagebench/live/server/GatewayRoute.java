package io.sagebench.live.server;

import io.sagebench.live.clock.LiveTimeline;
import java.util.concurrent.RejectedExecutionException;

/// Reads requests of one kind and hands them to who answers them.
final class GatewayRoute implements Route {
    private final LiveTimeline timeline;
    private final GatewayService service;
    private final Outbox outbox;
    private final Reader reader;

    /// Finds out what a request wants. Called on the connection's event loop.
    @FunctionalInterface
    interface Reader {

        /// What it wants.
        ///
        /// @throws BadRequest when it cannot be had
        GatewayRequest read(HttpCall call) throws BadRequest;
    }

    /// @param outbox of all routes that share the timeline
    GatewayRoute(LiveTimeline timeline, GatewayService service, Outbox outbox, Reader reader) {
        this.timeline = timeline;
        this.service = service;
        this.outbox = outbox;
        this.reader = reader;
    }

    @Override
    public void handle(HttpCall call) {
        GatewayRequest request;
        try {
            request = reader.read(call);
        } catch (BadRequest bad) {
            call.response().reply(bad.error().toReply());
            return;
        }
        var exchange = new GatewayExchange(request, call, outbox, System.currentTimeMillis() / 1_000);
        try {
            timeline.from(call.response().loop()).execute(() -> exchange.submitTo(service));
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
            return;
        }
        call.response().whenGone(() -> cancel(exchange));
    }

    private void cancel(GatewayExchange exchange) {
        try {
            timeline.execute(exchange::clientLeft);
        } catch (RejectedExecutionException _) {
            // the run has ended, and all work with it
        }
    }
}
