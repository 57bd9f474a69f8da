package io.sagebench.live.server;

import io.sagebench.live.clock.LiveTimeline;
import java.util.concurrent.RejectedExecutionException;

/// Answers with what the timeline knows: asks there, replies on the connection's event loop.
final class TimelineRoute implements Route {

    /// Finds the reply to a request. Called on the timeline.
    @FunctionalInterface
    interface Answer {
        Reply to(HttpCall call);
    }

    private final LiveTimeline timeline;
    private final Answer answer;

    TimelineRoute(LiveTimeline timeline, Answer answer) {
        this.timeline = timeline;
        this.answer = answer;
    }

    @Override
    public void handle(HttpCall call) {
        try {
            timeline.execute(() -> {
                Reply reply = answer.to(call);
                call.loop().execute(() -> call.response().reply(reply));
            });
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
        }
    }
}
