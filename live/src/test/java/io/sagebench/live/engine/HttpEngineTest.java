package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.net.BearerToken;
import io.sagebench.live.server.Adjustable;
import io.sagebench.live.server.FakeEngine;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.live.server.EngineServer;
import io.sagebench.live.server.RawHttp;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.live.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What passes through a control plane in front of a server.
@Timeout(60)
class HttpEngineTest {

    @Test
    void streamsThroughTwoServersTokenByToken() throws IOException {
        try (var timeline = new LiveTimeline("mock-timeline", new RunClock(), _ -> {})) {
            timeline.start();
            var engine = new FakeEngine(timeline, 100);
            try (var mock = new EngineServer(
                            timeline,
                            engine,
                            Adjustable.NOTHING,
                            MockEngineOptions.DEFAULT,
                            ServerSettings.onLoopback(0));
                    var gateway = new Gateway(
                            URI.create("http://127.0.0.1:" + mock.port() + "/v1/"), HttpEngineSettings.DEFAULT);
                    var client = gateway.connect().send(RawHttp.chat(Gateway.ASK_STREAM, "X-Request-ID: r1"))) {
                var job = engine.next();
                assertThat(job.job().id().value()).isEqualTo("r1");
                job.tell(events -> events.tokens(1));
                Answer head = client.head();
                assertThat(head.headers())
                        .containsEntry("content-type", "text/event-stream; charset=utf-8")
                        .containsEntry("x-instance-id", "upstream-1")
                        .containsEntry("x-request-id", "r1");
                assertThat(client.chunk()).contains("\"role\":\"assistant\"");
                assertThat(client.chunk()).contains("\" the\"");
                job.tell(events -> events.tokens(1));
                assertThat(client.chunk()).contains("\" and\"");
                job.tell(events -> events.finished(new EngineResult(1, 0, 2)));
                assertThat(client.chunk()).endsWith("data: [DONE]\n\n");
                assertThat(client.chunk()).isEmpty();
                await().until(() -> gateway.metrics().counts().completed() == 1);
            }
        }
    }

    @Test
    void aClientThatLeavesCancelsTheWorkInTheServerBehind() throws IOException {
        try (var timeline = new LiveTimeline("mock-timeline", new RunClock(), _ -> {})) {
            timeline.start();
            var engine = new FakeEngine(timeline, 100);
            try (var mock = new EngineServer(
                            timeline,
                            engine,
                            Adjustable.NOTHING,
                            MockEngineOptions.DEFAULT,
                            ServerSettings.onLoopback(0));
                    var gateway =
                            new Gateway(URI.create("http://127.0.0.1:" + mock.port()), HttpEngineSettings.DEFAULT)) {
                try (var client = gateway.connect().send(RawHttp.chat(Gateway.ASK_STREAM))) {
                    engine.next().tell(events -> events.tokens(1));
                    client.head();
                }
                await().until(() -> engine.cancelled() == 1);
                assertThat(gateway.metrics().counts().cancelled()).isEqualTo(1);
            }
        }
    }

    @Test
    void passesTheRequestOnUntouched() throws IOException, InterruptedException {
        String body = Gateway.ASK.replace("}]", "}], 'top_k' : 7").replace('\'', '"');
        var settings = HttpEngineSettings.DEFAULT.withApiKey(new BearerToken("k"));
        try (var upstream = new FakeUpstream((_, out) -> out.write(FakeUpstream.whole(200, "{}").getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), settings)) {
            gateway.answerTo(RawHttp.chat(body, "X-Request-ID: r1"));
            var asked = upstream.asked().take();
            assertThat(asked.body()).isEqualTo(body);
            assertThat(asked.headers())
                    .containsEntry("x-request-id", "r1")
                    .containsEntry("authorization", "Bearer k")
                    .containsEntry("content-type", "application/json");
        }
    }

    @Test
    void namesOneOfTheServersModelsWhereTheClientWantsAny() throws IOException, InterruptedException {
        String body = Gateway.ASK.replace('\'', '"').replaceFirst("\"model\": *\"[^\"]*\"", "\"model\":\"default\"");
        try (var upstream = new FakeUpstream((_, out) -> out.write(FakeUpstream.whole(200, "{}").getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            gateway.answerTo(RawHttp.chat(body));

            assertThat(upstream.asked().take().body()).doesNotContain("\"default\"").contains("\"messages\"");
        }
    }

    @Test
    void passesTheAnswerOnUntouched() throws IOException {
        String odd = ": comment\r\ndata:{\"choices\":[]}\r\n\r\n" + FakeUpstream.token("é") + "event: x\ndata: 1\n\ntail";
        try (var upstream = new FakeUpstream((_, out) -> out.write((FakeUpstream.STREAM_HEAD + odd).getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM)).body()).isEqualTo(odd);
        }
    }

    @Test
    void passesAWholeAnswerOnAndReadsItsUsage() throws IOException {
        String body = "{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":9}}";
        try (var upstream = new FakeUpstream((_, out) -> out.write(FakeUpstream.whole(200, body).getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            Answer answer = gateway.answerTo(RawHttp.chat(Gateway.ASK));
            assertThat(answer.headers()).containsEntry("content-type", "application/json");
            assertThat(answer.body()).isEqualTo(body);
            await().until(() -> gateway.metrics().counts().completed() == 1);
        }
    }

    @Test
    void usesAConnectionAgainAndReplacesOneThatTheServerClosed() throws IOException {
        String answer = FakeUpstream.whole(200, "{}");
        try (var upstream = new FakeUpstream((request, out) -> {
                    out.write(answer.getBytes(UTF_8));
                    if ("2".equals(request.headers().get("x-request-id"))) {
                        throw new IOException("closes without having said so");
                    }
                });
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK, "X-Request-ID: " + i)).status()).isEqualTo(200);
            }
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void aSlowReaderSlowsTheServerDown() throws IOException {
        String event = FakeUpstream.token("x".repeat(10_000));
        int events = 8_000; // 80 MB
        var written = new AtomicLong();
        try (var upstream = new FakeUpstream((_, out) -> {
                    out.write(FakeUpstream.STREAM_HEAD.getBytes(UTF_8));
                    for (int i = 0; i < events; i++) {
                        out.write(event.getBytes(UTF_8));
                        written.addAndGet(event.length());
                    }
                });
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT);
                var client = gateway.connect().send(RawHttp.chat(Gateway.ASK_STREAM))) {
            client.head();
            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(written.get()) == written.get());
            assertThat(written.get()).isLessThan(30_000_000); // what the kernel's buffers on both ways take
            long received = 0;
            for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
                received += chunk.length();
            }
            assertThat(received).isEqualTo((long) event.length() * events);
        }
    }

    @Test
    void knowsTheServersModelsAndContext() throws IOException {
        try (var upstream = new FakeUpstream((_, _) -> {});
                var timeline = new LiveTimeline("t", new RunClock(), _ -> {});
                var engine = HttpEngine.connect(
                        timeline, new EngineId("e"), upstream.url(), HttpEngineSettings.DEFAULT.withMaxConcurrent(7))) {
            assertThat(engine.description().models().names()).containsExactly("m");
            assertThat(engine.description().contextTokens()).hasValue(1_000);
            assertThat(engine.description().maxConcurrent()).isEqualTo(7);
        }
    }

    @Test
    void namesAServerThatIsNotThere() throws IOException {
        URI url;
        try (var gone = new FakeUpstream((_, _) -> {})) {
            url = gone.url();
        }
        try (var timeline = new LiveTimeline("t", new RunClock(), _ -> {})) {
            assertThatThrownBy(() -> HttpEngine.connect(timeline, new EngineId("e"), url, HttpEngineSettings.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no server answers at " + url);
            assertThatThrownBy(() -> HttpEngine.connect(
                            timeline, new EngineId("e"), URI.create("localhost:8000"), HttpEngineSettings.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http://host:port");
        }
    }
}
