package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A control plane that is asked to stop while it works.
@Timeout(60)
class GracefulStopTest {
    private static final String STREAM =
            "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':2,'stream':true}";

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 1);
    private final ControlPlane controlPlane = new ControlPlane(
            timeline, Policies.installed(), "fifo", List.of(engine), QueueLimits.DEFAULT, new Seed(1), () -> 0);

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        timeline.close();
    }

    @Test
    void aRunningStreamAndAQueuedRequestCompleteAndANewRequestIsRefused() throws Exception {
        ControlPlaneServer server = serving(Duration.ofSeconds(30));
        try (var running = new RawHttp(server.port()); var queued = new RawHttp(server.port()); var other = new RawHttp(server.port())) {
            running.send(RawHttp.chat(STREAM, "X-Request-ID: running"));
            var job = engine.next();
            job.tell(events -> events.tokens(1));
            assertThat(running.head().status()).isEqualTo(200);
            queued.send(RawHttp.chat(STREAM));
            await().until(() -> timeline.call(() -> controlPlane.metrics().queued()) == 1);

            var closing = CompletableFuture.runAsync(server::close);
            await().until(() -> timeline.call(controlPlane::isStopping));
            Answer refused = other.send(RawHttp.chat(STREAM)).answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("retry-after", "1");
            assertThat(refused.body()).contains("\"code\":\"stopping\"");
            assertThat(other.send(RawHttp.get("/ready")).answer().body()).contains("\"status\":\"stopping\"");
            assertThat(closing).as("waits for what runs").isNotDone();

            job.tell(events -> {
                events.tokens(1);
                events.finished(new EngineResult(1, 0, 2));
            });
            assertThat(streamOf(running)).endsWith("data: [DONE]\n\n");
            engine.next().answer(2);
            assertThat(queued.answer().body()).endsWith("data: [DONE]\n\n");
            closing.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatRunsAtTheDrainLimitIsEnded() throws Exception {
        ControlPlaneServer server = serving(Duration.ofMillis(100));
        try (var running = new RawHttp(server.port())) {
            running.send(RawHttp.chat(STREAM));
            engine.next();
            CompletableFuture.runAsync(server::close).get(20, TimeUnit.SECONDS);
            Answer ended = running.answer();
            assertThat(ended.status()).isEqualTo(503);
            assertThat(ended.body()).contains("stopped before the answer was complete");
            assertThat(engine.cancelled()).isEqualTo(1);
        }
    }

    private static String streamOf(RawHttp client) throws IOException {
        var all = new StringBuilder();
        for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
            all.append(chunk);
        }
        return all.toString();
    }

    private ControlPlaneServer serving(Duration drainLimit) throws BindException {
        return new ControlPlaneServer(
                timeline, controlPlane, Policies.installed(), ServerSettings.onLoopback(0).withDrainLimit(drainLimit));
    }
}
