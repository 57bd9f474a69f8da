package io.sagebench.live.server;

import io.sagebench.live.server.metrics.EngineFacts;
import io.sagebench.live.server.metrics.MetricsPage;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/// `GET /metrics`. The timeline only hands its numbers out; the text is written on the connection's event loop, so that a scrape holds up no step.
final class MetricsRoute implements Route {
    private final MockEngine mock;
    private final SleepEndpoints sleep;
    private final EngineFacts facts;

    MetricsRoute(MockEngine mock, SleepEndpoints sleep) {
        this.mock = mock;
        this.sleep = sleep;
        this.facts = EngineFacts.of(mock.engine());
    }

    @Override
    public void handle(HttpCall call) {
        try {
            mock.timeline().execute(() -> {
                MetricsPage page = MetricsPage.of(facts, mock.engine().stats(), sleep.state(), mock.metrics());
                call.loop().execute(() -> call.response()
                        .reply(new Reply(200, Map.of(Reply.CONTENT_TYPE, MetricsPage.CONTENT_TYPE), page.text())));
            });
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
        }
    }
}
