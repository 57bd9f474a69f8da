package io.sagebench.live.server;

import io.sagebench.live.clock.LiveTimeline;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/// Answers with what the timeline knows: asks there, replies on the connection's event loop. A question that throws is answered with 500, and the
/// timeline goes on.
///
/// @param <T> what the timeline finds
final class TimelineRoute<T> implements Route {

    /// Finds what there is to tell. Called on the timeline.
    @FunctionalInterface
    interface Question<T> {
        T ask(HttpCall call);
    }

    private final LiveTimeline timeline;
    private final Question<T> question;
    private final Function<T, Reply> reply;

    /// @param reply makes the reply of what was found; called on the connection's event loop, so that its work holds up no step
    TimelineRoute(LiveTimeline timeline, Question<T> question, Function<T, Reply> reply) {
        this.timeline = timeline;
        this.question = question;
        this.reply = reply;
    }

    /// One whose reply is made on the timeline.
    static Route replying(LiveTimeline timeline, Question<Reply> question) {
        return new TimelineRoute<>(timeline, question, Function.identity());
    }

    @Override
    public void handle(HttpCall call) {
        try {
            timeline.execute(() -> ask(call));
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
        }
    }

    private void ask(HttpCall call) {
        try {
            T found = question.ask(call);
            post(call, () -> call.response().reply(reply.apply(found)));
        } catch (RuntimeException fault) {
            post(call, () -> call.response().fault(fault));
        }
    }

    private static void post(HttpCall call, Runnable write) {
        try {
            call.loop().execute(() -> {
                try {
                    write.run();
                } catch (RuntimeException fault) {
                    call.response().fault(fault);
                }
            });
        } catch (RejectedExecutionException _) {
            // the server has closed, and this connection with it
        }
    }
}
