package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimelineRouteTest {
    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final HttpCall call = TestCalls.on(channel, "127.0.0.1", "");

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        timeline.close();
    }

    @Test
    void repliesWithWhatTheTimelineFinds() {
        TimelineRoute.replying(timeline, _ -> Reply.ok(1)).handle(call);
        assertThat(answeredStatus()).isEqualTo(200);
    }

    @Test
    void aQuestionThatThrowsIsAnsweredWith500AndTheTimelineGoesOn() {
        TimelineRoute.replying(timeline, _ -> fail()).handle(call);
        assertThat(answeredStatus()).isEqualTo(500);
        assertThat(timeline.failure()).isEmpty();
    }

    @Test
    void aReplyThatCannotBeMadeIsAnsweredWith500() {
        new TimelineRoute<>(timeline, _ -> 1, _ -> fail()).handle(call);
        assertThat(answeredStatus()).isEqualTo(500);
    }

    @Test
    void theTimelineOutlivesTheServer() {
        var closed = new DefaultEventLoop();
        closed.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        var late = new HttpCall(
                call.method(), "/", "", call.headers(), call.body(), call.peer(), call.tenant(), closed, call.response());
        TimelineRoute.replying(timeline, _ -> Reply.ok(1)).handle(late);
        assertThat(timeline.call(() -> 1)).isOne();
        assertThat(timeline.failure()).isEmpty();
    }

    private int answeredStatus() {
        timeline.call(() -> 1); // comes after what the route posted
        channel.runPendingTasks();
        HttpResponse head = channel.readOutbound();
        return head.status().code();
    }

    private static Reply fail() {
        throw new IllegalStateException("broken, as the test says");
    }
}
