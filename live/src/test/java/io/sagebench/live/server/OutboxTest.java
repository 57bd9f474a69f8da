package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sagebench.time.VirtualTimeline;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two responses on one event loop.
class OutboxTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Outbox outbox = new Outbox(timeline);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Response broken = new Response(channel, true, true, 1 << 20, () -> {});
    private final Response whole = new Response(channel, true, true, 1 << 20, () -> {});
    private int gone;
    private int lateWrites;

    @Test
    void aWriteThatThrowsIsAnsweredWith500AndHoldsUpNoOther() {
        outbox.post(broken, OutboxTest::fail);
        outbox.post(whole, () -> whole.reply(Reply.ok(1)));
        deliver();
        assertThat(nextStatus()).isEqualTo(HttpResponseStatus.INTERNAL_SERVER_ERROR);
        assertThat(nextStatus()).isEqualTo(HttpResponseStatus.OK);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aWriteThatThrowsWithinAnAnswerClosesTheConnectionOnce() {
        broken.whenGone(() -> gone++);
        outbox.post(broken, () -> broken.begin(200, Map.of()));
        outbox.post(broken, OutboxTest::fail);
        outbox.post(broken, () -> lateWrites++);
        deliver();
        assertThat(channel.isOpen()).isFalse();
        assertThat(gone).isOne();
        assertThat(lateWrites).isZero();
    }

    private static void fail() {
        throw new IllegalStateException("broken, as the test says");
    }

    private void deliver() {
        timeline.run();
        channel.runPendingTasks();
    }

    private HttpResponseStatus nextStatus() {
        HttpResponse head = channel.readOutbound();
        return head.status();
    }
}
