package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/// Clients that are slow, greedy or too many, in front of an engine that does what the test says.
@Timeout(60)
class ConnectionLimitsTest {
    private static final String STREAM =
            "{'model':'m','stream':true,'messages':[{'role':'user','content':'hi'}],'max_tokens':900}";
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 100);

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        timeline.close();
    }

    @Test
    void aRequestThatTricklesInIsRefusedThoughItNeverPauses() throws IOException {
        try (var server = serving(ConnectionLimits.DEFAULT.withTimeouts(SOON, NEVER, NEVER));
                var client = new RawHttp(server.port())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n");
            timeline.execute(() -> trickle(client));
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("request_timeout");
        }
    }

    @Test
    void soIsOneWhoseBodyDoesNotCome() throws IOException {
        try (var server = serving(ConnectionLimits.DEFAULT.withTimeouts(SOON, NEVER, NEVER));
                var client = new RawHttp(server.port())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"model\"");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aSecondRequestThatDoesNotArriveIsRefusedAfterTheAnswerToTheFirst() throws IOException {
        try (var server = serving(ConnectionLimits.DEFAULT.withTimeouts(SOON, NEVER, NEVER));
                var client = new RawHttp(server.port())) {
            client.send(RawHttp.chat(STREAM));
            var job = engine.next();
            client.send("GET /hea");
            letTheTimeForARequestPass(server);
            job.answer(2);
            assertThat(client.answer().body()).contains("[DONE]");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    /// Another client that sends half a request and waits has been refused by then.
    private static void letTheTimeForARequestPass(EngineServer server) throws IOException {
        try (var other = new RawHttp(server.port())) {
            assertThat(other.send("GET /hea").answer().status()).isEqualTo(408);
        }
    }

    @Test
    void anIdleConnectionIsClosedButNotOneThatWaitsForItsAnswer() throws IOException {
        try (var server = serving(ConnectionLimits.DEFAULT.withTimeouts(NEVER, SOON, NEVER));
                var idle = new RawHttp(server.port());
                var waiting = new RawHttp(server.port())) {
            waiting.send(RawHttp.chat(STREAM));
            var job = engine.next();
            assertThat(idle.isClosedByServer()).isTrue();
            job.answer(2);
            assertThat(waiting.answer().body()).contains("[DONE]");
            assertThat(waiting.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatTakesNothingOfItsAnswerIsCutOffAndItsWorkStops() throws IOException {
        try (var server = serving(
                        ConnectionLimits.DEFAULT.withTimeouts(NEVER, NEVER, SOON).withMaxPendingBytes(1 << 30));
                var client = new RawHttp(server.port())) {
            client.send(RawHttp.chat(STREAM));
            assertThatWorkStops();
        }
    }

    @Test
    void aClientThatFallsTooFarBehindIsCutOffAtOnce() throws IOException {
        try (var server = serving(
                        ConnectionLimits.DEFAULT.withTimeouts(NEVER, NEVER, NEVER).withMaxPendingBytes(1 << 20));
                var client = new RawHttp(server.port())) {
            client.send(RawHttp.chat(STREAM));
            assertThatWorkStops();
        }
    }

    /// Sends far more than the sockets between the two can hold.
    private void assertThatWorkStops() {
        var job = engine.next();
        job.tell(events -> {
            for (int i = 0; i < 200_000; i++) {
                events.tokens(1);
            }
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> engine.cancelled() == 1);
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        try (var server = serving(ConnectionLimits.DEFAULT.withMaxHeaderBytes(1_000));
                var client = new RawHttp(server.port())) {
            client.send("GET /health HTTP/1.1\r\nX: " + "y".repeat(2_000) + "\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(431);
        }
    }

    @Test
    void oneConnectionTooManyIsTurnedAwayAndTheNextIsWelcomeAgain() throws IOException {
        try (var server = serving(ConnectionLimits.DEFAULT.withMaxConnections(2))) {
            var first = new RawHttp(server.port());
            try (var second = new RawHttp(server.port()); var third = new RawHttp(server.port())) {
                assertThat(first.send(RawHttp.get("/health")).answer().status()).isEqualTo(200);
                assertThat(second.send(RawHttp.get("/health")).answer().status()).isEqualTo(200);
                Answer refused = third.answer();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.headers()).containsKey("retry-after");
                assertThat(third.isClosedByServer()).isTrue();
                first.close();
                await().until(() -> {
                    try (var fourth = new RawHttp(server.port())) {
                        return fourth.send(RawHttp.get("/health")).answer().status() == 200;
                    }
                });
            }
        }
    }

    private EngineServer serving(ConnectionLimits limits) throws BindException {
        return new EngineServer(
                timeline,
                engine,
                Adjustable.NOTHING,
                MockEngineOptions.DEFAULT,
                ServerSettings.onLoopback(0).with(limits).withDrainLimit(Duration.ofMillis(100)));
    }

    /// Sends a header line every 10 ms, for ever. On the timeline.
    private void trickle(RawHttp client) {
        timeline.after(10_000_000, () -> {
            try {
                client.send("X: y\r\n");
                trickle(client);
            } catch (IOException _) {
                // the server has closed, as it should
            }
        });
    }
}
