package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.RawHttp.Answer;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// HTTP as both servers speak it, in front of an engine that does what the test says.
@Timeout(60)
class HttpFrontEndTest {
    private static final String ASK = "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':2}";
    private static final String ASK_STREAM = ASK.replace("}],", "}],'stream':true,");
    private static final ServerSettings SETTINGS = ServerSettings.onLoopback(0);

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 100);
    private final EngineServer server;

    HttpFrontEndTest() throws BindException {
        server = serving(SETTINGS.withMaxBodyBytes(10_000));
    }

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        server.close();
        timeline.close();
    }

    @Test
    void streamsEachTokenAsItComes() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK_STREAM, "X-Request-ID: r1"))) {
            var job = engine.next();
            job.tell(events -> events.tokens(1));
            Answer head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers())
                    .containsEntry("content-type", "text/event-stream; charset=utf-8");
            assertThat(client.chunk()).contains("\"role\":\"assistant\"").contains("chatcmpl-r1");
            assertThat(client.chunk()).contains("\"content\":\" the\"");
            job.tell(events -> events.tokens(1));
            assertThat(client.chunk()).contains("\"content\":\" and\"");
            job.tell(events -> events.finished(new EngineResult(1, 0, 2)));
            assertThat(client.chunk()).contains("\"finish_reason\":\"length\"").endsWith("data: [DONE]\n\n");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void answersWholeWhenNotAskedToStream() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK))) {
            engine.next().answer(2);
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("content-type", "application/json");
            assertThat(answer.body())
                    .contains("\"content\":\" the and\"")
                    .contains("\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3");
        }
    }

    @Test
    void keepsTheConnectionAndAnswersPipelinedRequestsInOrder() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.chat(ASK, "X-Request-ID: 1") + RawHttp.chat(ASK, "X-Request-ID: 2")
                    + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            var first = engine.next();
            assertThat(first.job().id().value()).isEqualTo("1");
            first.answer(1);
            engine.next().answer(2);
            assertThat(client.answer().body()).contains("chatcmpl-1");
            assertThat(client.answer().body()).contains("chatcmpl-2");
            assertThat(client.answer().body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(client.send("GET /v1/models?x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n").answer().body())
                    .contains("\"id\":\"m\"")
                    .contains("\"max_model_len\":1000");
        }
    }

    @Test
    void manyPipelinedRequestsAreAllAnswered() throws IOException {
        try (var client = connect()) {
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3_000));
            for (int i = 0; i < 3_000; i++) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aClientThatLeavesCancelsItsWork() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK_STREAM))) {
            engine.next().tell(events -> events.tokens(1));
            client.head();
        }
        await().until(() -> engine.cancelled() == 1);
    }

    @Test
    void aClientThatLeavesBeforeAnythingCameCancelsItsWork() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK))) {
            engine.next();
            assertThat(client).isNotNull();
        }
        await().until(() -> engine.cancelled() == 1);
    }

    @Test
    void refusesWhatItCannotUnderstand() throws IOException {
        assertThat(answerTo("GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n").status()).isEqualTo(404);
        assertThat(answerTo("POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(405))
                .satisfies(answer -> assertThat(answer.headers()).containsEntry("allow", "GET, HEAD"));
        assertThat(answerTo(RawHttp.chat("{oops")))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("\"code\":\"invalid_json\""));
        assertThat(answerTo("what is this\r\n\r\n").status()).isEqualTo(400);
        assertThat(answerTo("GET / HTTP/1.1\r\nX: " + "y".repeat(40_000) + "\r\n\r\n").status()).isEqualTo(431);
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        try (var client = connect()) {
            Answer head = client.send("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n").head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(client.send("HEAD /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n").head().status()).isEqualTo(404);
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws IOException {
        try (var client = connect().send(RawHttp.chat("x".repeat(3_000_000)))) {
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(answer.body()).contains("\"code\":\"body_too_large\"").contains("10000 bytes");
        }
    }

    @Test
    void refusesChunksThatTogetherAreTooLarge() throws IOException {
        try (var client = connect().send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
            client.send(chunk + chunk + chunk);
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void invitesAClientThatAsksBeforeItSends() throws IOException {
        String request = RawHttp.chat(ASK, "Expect: 100-continue");
        int bodyAt = request.indexOf("\r\n\r\n") + 4;
        try (var client = connect().send(request.substring(0, bodyAt))) {
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            client.line();
            client.send(request.substring(bodyAt));
            engine.next().answer(1);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void tellsAnUnknownModelAndATooLongContext() throws IOException {
        assertThat(answerTo(RawHttp.chat(ASK.replace("'m'", "'other'"))))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(404))
                .satisfies(answer -> assertThat(answer.body()).contains("model_not_found", "\"param\":\"model\""));
        assertThat(answerTo(RawHttp.chat(ASK.replace(":2}", ":1000}"))))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("context_length_exceeded", "maximum context length is 1000 tokens"));
    }

    @Test
    void anEngineThatFailsBeforeTheFirstTokenGivesAStatus() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK_STREAM))) {
            engine.next().tell(events -> events.failed(new EngineFailure(502, "it is gone")));
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("it is gone").contains("\"type\":\"server_error\"");
        }
    }

    @Test
    void anEngineThatFailsInMidStreamGivesAnErrorEventAndCloses() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK_STREAM))) {
            engine.next().tell(events -> {
                events.tokens(1);
                events.failed(new EngineFailure(502, "it is gone"));
            });
            String body = client.answer().body();
            assertThat(body).contains("\" the\"").contains("data: {\"error\":{\"message\":\"it is gone\"");
            assertThat(body).doesNotContain("[DONE]");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closingLetsARunningStreamFinishAndRefusesNewWork() throws IOException, InterruptedException {
        try (var streaming = connect(); var idle = connect()) {
            idle.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").answer();
            streaming.send(RawHttp.chat(ASK_STREAM));
            var job = engine.next();
            Thread closing = Thread.ofPlatform().start(server::close);
            await().until(() -> idle.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").answer().status() == 503);
            assertThat(idle.isClosedByServer()).isTrue();
            job.answer(2);
            assertThat(streaming.answer().body()).endsWith("data: [DONE]\n\n");
            closing.join();
        }
    }

    @Test
    void closingGivesUpOnStreamsThatDoNotEnd() throws IOException {
        var hasty = serving(SETTINGS.withDrainLimit(Duration.ZERO));
        try (var client = new RawHttp(hasty.port()).send(RawHttp.chat(ASK_STREAM))) {
            engine.next().tell(events -> events.tokens(1));
            client.head();
            hasty.close();
            await().until(() -> engine.cancelled() == 1);
        }
    }

    @Test
    void aRouteThatThrowsIsAnsweredAndTheConnectionGoesOn() throws IOException {
        Routes routes = new Routes()
                .get("/broken", _ -> {
                    throw new IllegalStateException("broken, as the test says");
                })
                .get("/whole", call -> call.response().reply(Reply.ok(1)));
        try (var listener = new HttpListener("test", SETTINGS, routes);
                var client = new RawHttp(listener.port())) {
            client.send(RawHttp.get("/broken") + RawHttp.get("/whole"));
            assertThat(client.answer()).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.body()).contains("\"code\":\"server_fault\"");
            });
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void saysThatThePortIsTaken() {
        assertThatThrownBy(() -> serving(ServerSettings.onLoopback(server.port())))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("port " + server.port() + " on 127.0.0.1 is taken")
                .hasMessageContaining("choose another port");
    }

    @Test
    void anOldClientGetsABodyThatEndsWithTheConnection() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK_STREAM).replace("HTTP/1.1", "HTTP/1.0"))) {
            engine.next().answer(1);
            assertThat(client.head().headers()).containsEntry("connection", "close").doesNotContainKey("transfer-encoding");
            assertThat(client.line()).startsWith("data: {");
        }
    }

    private EngineServer serving(ServerSettings settings) throws BindException {
        return new EngineServer(timeline, engine, Adjustable.NOTHING, MockEngineOptions.DEFAULT, settings);
    }

    private RawHttp connect() throws IOException {
        return new RawHttp(server.port());
    }

    private Answer answerTo(String request) throws IOException {
        try (var client = connect().send(request)) {
            return client.answer();
        }
    }
}
