package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.live.engine.FakeUpstream.Script;
import io.sagebench.live.server.RawHttp;
import io.sagebench.live.server.RawHttp.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a client is told when the server behind the control plane fails.
@Timeout(60)
class HttpEngineFailureTest {
    private static final String CHUNKED_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void aServerThatIsGoneIs502() throws IOException {
        try (var upstream = new FakeUpstream((_, _) -> {});
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            upstream.stopListening();
            Answer answer = gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM));
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body())
                    .contains("the engine upstream-1 cannot be reached")
                    .doesNotContain(Integer.toString(upstream.url().getPort()));
            assertThat(gateway.metrics().counts().failed()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatDiesBeforeTheFirstTokenIs502() throws IOException {
        Answer answer = answerOf((_, out) -> {
            out.write((CHUNKED_HEAD + chunk(roleOnly())).getBytes(UTF_8));
            throw new IOException("dies");
        });
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("broke off");
    }

    @Test
    void aServerThatDiesInMidStreamGivesAnErrorEvent() throws IOException {
        Answer answer = answerOf((_, out) -> {
            out.write((CHUNKED_HEAD + chunk(roleOnly()) + chunk(FakeUpstream.token("one"))).getBytes(UTF_8));
            throw new IOException("dies");
        });
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(roleOnly() + FakeUpstream.token("one") + "data: {\"error\":{\"message\":\"the engine upstream-1 ")
                .endsWith("\n\n");
    }

    @Test
    void aServersOwnErrorKeepsItsStatusAndMessage() throws IOException {
        Answer answer = answerOf((_, out) ->
                out.write(FakeUpstream.whole(429, "{\"error\":{\"message\":\"slow down\"}}").getBytes(UTF_8)));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).contains("slow down", "\"type\":\"rate_limit_error\"");
    }

    @Test
    void anErrorThatIsNoJsonIsShownAsItIs() throws IOException {
        Answer answer = answerOf((_, out) -> out.write(FakeUpstream.whole(500, "oh no").getBytes(UTF_8)));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("gave status 500: oh no");
    }

    @Test
    void whatIsNotHttpIs502() throws IOException {
        assertThat(answerOf((_, out) -> out.write("SSH-2.0-x\r\n\r\n".getBytes(UTF_8))).status()).isEqualTo(502);
    }

    @Test
    void anErrorWithinAnAnswerPassesThroughAndCountsAsFailure() throws IOException {
        String events = FakeUpstream.token("one") + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n";
        try (var upstream = new FakeUpstream((_, out) -> out.write((FakeUpstream.STREAM_HEAD + events).getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM)).body()).isEqualTo(events);
            await().until(() -> gateway.metrics().counts().failed() == 1);
        }
    }

    @Test
    void aServerThatStaysSilentIs504() throws IOException {
        var never = new CountDownLatch(1);
        try (var upstream = new FakeUpstream((_, _) -> waitFor(never));
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT.withTimeouts(SHORT, LONG))) {
            Answer answer = gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM));
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("gave no answer for 50 ms");
        } finally {
            never.countDown();
        }
    }

    @Test
    void aServerThatFallsSilentGivesAnErrorEvent() throws IOException {
        var never = new CountDownLatch(1);
        try (var upstream = new FakeUpstream((_, out) -> {
                    out.write((CHUNKED_HEAD + chunk(FakeUpstream.token("one"))).getBytes(UTF_8));
                    waitFor(never);
                });
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT.withTimeouts(LONG, SHORT))) {
            assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM)).body())
                    .startsWith(FakeUpstream.token("one"))
                    .contains("gave no more of its answer for 50 ms");
        } finally {
            never.countDown();
        }
    }

    private static Answer answerOf(Script script) throws IOException {
        try (var upstream = new FakeUpstream(script);
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            return gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM));
        }
    }

    private static String roleOnly() {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.getBytes(UTF_8).length) + "\r\n" + data + "\r\n";
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
