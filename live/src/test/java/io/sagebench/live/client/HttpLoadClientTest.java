package io.sagebench.live.client;

import static io.sagebench.live.client.LiveClient.LONG;
import static io.sagebench.live.client.LiveClient.PATIENT;
import static io.sagebench.live.client.Requests.planned;
import static io.sagebench.live.client.Sse.DONE;
import static io.sagebench.live.client.Sse.FINISH;
import static io.sagebench.live.client.Sse.HEAD;
import static io.sagebench.live.client.Sse.LAST_CHUNK;
import static io.sagebench.live.client.Sse.ROLE;
import static io.sagebench.live.client.Sse.USAGE;
import static io.sagebench.live.client.Sse.chunks;
import static io.sagebench.live.client.Sse.content;
import static io.sagebench.live.client.Sse.event;
import static io.sagebench.live.client.Sse.stream;
import static io.sagebench.live.client.Sse.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.ServedBy;
import io.sagebench.journal.TokenSource;
import io.sagebench.request.Outcome;
import io.sagebench.request.TimeoutPhase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HttpLoadClientTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final String ANSWER = stream(ROLE, content("a"), content("b"), content("c"), content("d"), FINISH, USAGE, DONE);
    private static final Outcome COMPLETED = new Outcome.Completed();

    @Test
    void aStreamedAnswerIsStampedAndCounted() throws IOException {
        RequestRecord ended = ask(PATIENT, (request, conversation) -> conversation.send(ANSWER));
        assertThat(ended.outcome()).isEqualTo(COMPLETED);
        assertThat(ended.content().events()).isEqualTo(4);
        assertThat(ended.tokens().output()).isEqualTo(4);
        assertThat(ended.tokens().source()).isEqualTo(TokenSource.USAGE);
        long sent = ended.sentAtNanos().orElseThrow();
        long first = ended.content().firstTokenAtNanos().orElseThrow();
        long last = ended.content().lastContentAtNanos().orElseThrow();
        assertThat(List.of(0L, sent, first, last, ended.endedAtNanos())).isSorted();
    }

    @Test
    void anAnswerThatIsNotStreamedHasNoFirstToken() throws IOException {
        var options = new ClientOptions(LONG, LONG, LONG, LONG, false, false, Optional.empty());
        RequestRecord ended = ask(options, (request, conversation) -> {
            assertThat(request.body()).contains("\"stream\":false").doesNotContain("stream_options");
            conversation.send(whole(
                    200,
                    "application/json",
                    "{\"choices\":[{\"message\":{\"content\":\"hi\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}"));
        });
        assertThat(ended.outcome()).isEqualTo(COMPLETED);
        assertThat(ended.content().firstTokenAtNanos()).isEmpty();
        assertThat(ended.content().lastContentAtNanos()).isPresent();
        assertThat(ended.tokens().output()).isEqualTo(2);
    }

    @Test
    void connectionsAreKeptAndReused() throws IOException {
        try (var server = new ScriptedServer((request, conversation) -> conversation.send(ANSWER));
                var client = new LiveClient(server.url(), PATIENT)) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.ask(planned(i)).outcome()).isEqualTo(COMPLETED);
            }
            assertThat(server.connections()).as("one for each event loop").isEqualTo(2);
        }
    }

    @Test
    void anAnnouncedRequestIsSentAsAnyOther() throws IOException {
        var bodies = new java.util.concurrent.ConcurrentLinkedQueue<String>();
        try (var server = new ScriptedServer((request, conversation) -> {
                    bodies.add(request.body());
                    conversation.send(ANSWER);
                });
                var client = new LiveClient(server.url(), PATIENT)) {
            client.announce(planned(0)); // and another one sent: it comes too early
            assertThat(client.ask(planned(1)).outcome()).isEqualTo(COMPLETED);
            for (int i = 2; i < 12; i++) {
                client.announce(planned(i));
                assertThat(client.ask(planned(i)).outcome()).isEqualTo(COMPLETED);
            }
            client.announce(planned(12)); // and never sent
            assertThat(bodies).hasSize(11).doesNotHaveDuplicates();
            assertThat(bodies).element(10).asString().contains(planned(11).prompt());
        }
    }

    @Test
    void aConnectionThatTheServerClosesIsNotReused() throws IOException {
        try (var server = new ScriptedServer((request, conversation) -> {
                    conversation.send(ANSWER.replaceFirst("Transfer", "Connection: close\r\nTransfer"));
                    conversation.close();
                });
                var client = new LiveClient(server.url(), PATIENT)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.ask(planned(i)).outcome()).isEqualTo(COMPLETED);
            }
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    @Test
    void nothingLimitsWhatIsInFlight() throws IOException {
        var all = new CountDownLatch(200);
        try (var server = new ScriptedServer((request, conversation) -> {
                    all.countDown();
                    awaitZero(all);
                    conversation.send(ANSWER);
                });
                var client = new LiveClient(server.url(), PATIENT)) {
            for (int i = 0; i < 200; i++) {
                client.send(planned(i));
            }
            assertThat(client.await(200)).extracting(RequestRecord::outcome).containsOnly(COMPLETED);
            assertThat(server.connections()).isEqualTo(200);
        }
    }

    @Test
    void refusalsAndErrorsKeepTheirStatusAndMessage() throws IOException {
        assertThat(outcome((request, conversation) -> conversation.send(whole(500, "text/plain", "boom"))))
                .isEqualTo(new Outcome.HttpError(500, "boom"));
        assertThat(outcome((request, conversation) -> conversation.send(
                        whole(429, "application/json", "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit\"}}"))))
                .isEqualTo(new Outcome.Rejected(429, "slow down (rate_limit)"));
    }

    @Test
    void aCloseInMidStreamKeepsWhatCame() throws IOException {
        RequestRecord ended = ask(PATIENT, (request, conversation) -> {
            conversation.send(HEAD + chunks(ROLE, content("a"), content("b")));
            conversation.close();
        });
        assertThat(ended.outcome()).isInstanceOf(Outcome.ConnectionFailed.class);
        assertThat(ended.content().events()).isEqualTo(2);
        assertThat(ended.tokens().output()).isEqualTo(2);
    }

    @Test
    void aResetIsAFailedConnection() throws IOException {
        assertThat(outcome((request, conversation) -> conversation.reset())).isInstanceOf(Outcome.ConnectionFailed.class);
        // a reset may overtake content that the client has not read yet, so how much is kept is left open
        assertThat(outcome((request, conversation) -> {
                    conversation.send(HEAD + chunks(ROLE, content("a")));
                    conversation.reset();
                }))
                .isInstanceOf(Outcome.ConnectionFailed.class);
    }

    @Test
    void brokenStreamsEndAsWhatTheyAre() throws IOException {
        assertThat(outcome((request, conversation) -> conversation.send(stream(content("a")))))
                .isEqualTo(new Outcome.Truncated());
        assertThat(outcome((request, conversation) -> conversation.send(stream(content("a"), FINISH))))
                .isEqualTo(COMPLETED);
        assertThat(outcome((request, conversation) -> conversation.send(stream(ROLE, DONE))))
                .isEqualTo(new Outcome.Empty("no content in any choice"));
        assertThat(outcome((request, conversation) -> conversation.send(
                        HEAD + chunks(content("a"), event("{\"error\":{\"message\":\"engine died\"}}")))))
                .isEqualTo(new Outcome.StreamError("engine died"));
    }

    @Test
    void theFirstByteLimit() throws IOException {
        var options = new ClientOptions(LONG, SHORT, LONG, LONG, true, false, Optional.empty());
        RequestRecord ended = ask(options, (request, conversation) -> conversation.stall());
        assertThat(ended.outcome()).isEqualTo(new Outcome.TimedOut(TimeoutPhase.FIRST_BYTE));
        assertThat(ended.sentAtNanos()).isPresent();
    }

    @Test
    void theIdleLimitKeepsWhatCame() throws IOException {
        var options = new ClientOptions(LONG, LONG, SHORT, LONG, true, false, Optional.empty());
        RequestRecord ended = ask(options, (request, conversation) -> {
            conversation.send(HEAD + chunks(content("a"), content("b")));
            conversation.stall();
        });
        assertThat(ended.outcome()).isEqualTo(new Outcome.TimedOut(TimeoutPhase.IDLE));
        assertThat(ended.content().events()).isEqualTo(2);
    }

    @Test
    void theTotalLimitHoldsThoughContentComes() throws IOException {
        var options = new ClientOptions(LONG, LONG, LONG, SHORT, true, false, Optional.empty());
        RequestRecord ended = ask(options, (request, conversation) -> {
            conversation.send(HEAD);
            while (true) { // until the client closes, as fast as it reads
                conversation.send(chunks(content("a")));
            }
        });
        assertThat(ended.outcome()).isEqualTo(new Outcome.TimedOut(TimeoutPhase.TOTAL));
        assertThat(ended.content().events()).isPositive();
    }

    @Test
    void theConnectLimitCoversTheTlsHandshake() throws IOException {
        var options = new ClientOptions(SHORT, LONG, LONG, LONG, true, false, Optional.empty());
        try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
                var client = new LiveClient(URI.create("https://127.0.0.1:" + silent.getLocalPort()), options)) {
            RequestRecord ended = client.ask(planned(0));
            assertThat(ended.outcome()).isEqualTo(new Outcome.TimedOut(TimeoutPhase.CONNECT));
            assertThat(ended.sentAtNanos()).isEmpty();
        }
    }

    @Test
    void aStallAfterTheMarkIsNoTimeout() throws IOException {
        var options = new ClientOptions(LONG, LONG, SHORT, LONG, true, false, Optional.empty());
        RequestRecord ended = ask(options, (request, conversation) -> {
            conversation.send(HEAD + chunks(content("a"), DONE));
            conversation.stall();
        });
        assertThat(ended.outcome()).isEqualTo(COMPLETED);
    }

    @Test
    void aRefusedConnectionAndAnUnknownHost() throws IOException {
        int closedPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            closedPort = socket.getLocalPort();
        }
        try (var client = new LiveClient(URI.create("http://127.0.0.1:" + closedPort), PATIENT)) {
            Outcome outcome = client.ask(planned(0)).outcome();
            assertThat(outcome).isInstanceOf(Outcome.ConnectionFailed.class);
            assertThat(outcome.detail()).containsIgnoringCase("refused");
            assertThat(client.client().localSocketErrors()).isZero();
        }
        try (var client = new LiveClient(URI.create("http://no-such-host.invalid:80"), PATIENT)) {
            assertThat(client.ask(planned(0)).outcome())
                    .isEqualTo(new Outcome.ConnectionFailed("unknown host no-such-host.invalid"));
        }
    }

    @Test
    void cancellingEndsEverythingInFlight() throws IOException {
        var arrived = new CountDownLatch(20);
        try (var server = new ScriptedServer((request, conversation) -> {
                    conversation.send(HEAD + chunks(content("a")));
                    arrived.countDown();
                    conversation.stall();
                });
                var client = new LiveClient(server.url(), PATIENT)) {
            for (int i = 0; i < 20; i++) {
                client.send(planned(i));
            }
            awaitZero(arrived);
            client.send(planned(20));
            client.client().cancelAll();
            assertThat(client.await(21)).extracting(RequestRecord::outcome).containsOnly(new Outcome.Cancelled());
        }
    }

    @Test
    void closingCancelsAndWhatIsSentLaterToo() throws IOException {
        try (var server = new ScriptedServer((request, conversation) -> conversation.stall());
                var client = new LiveClient(server.url(), PATIENT)) {
            client.send(planned(0));
            client.client().close();
            client.send(planned(1));
            assertThat(client.await(2)).extracting(RequestRecord::outcome).containsOnly(new Outcome.Cancelled());
        }
    }

    @Test
    void aControlPlanesHeadersAreRecorded() throws IOException {
        RequestRecord ended = ask(PATIENT, (request, conversation) -> conversation.send(ANSWER.replaceFirst(
                "Transfer", "X-Instance-Id: e1\r\nX-Policy: fifo\r\nX-Policy-Epoch: 2\r\nX-Queue-Ms: 7\r\nTransfer")));
        assertThat(ended.servedBy())
                .contains(new ServedBy("e1", "fifo", OptionalLong.of(2), OptionalLong.of(7_000_000)));
    }

    @Test
    void ipV6AndABasePath() throws IOException {
        try (var server = new ScriptedServer(
                        ServerSocketFactory.getDefault(),
                        InetAddress.ofLiteral("::1"),
                        "http",
                        (request, conversation) -> conversation.send(ANSWER));
                var client = new LiveClient(server.url("/llm/v1/"), PATIENT)) {
            assertThat(client.ask(planned(0)).outcome()).isEqualTo(COMPLETED);
            assertThat(server.requests().getFirst().head()).startsWith("POST /llm/v1/chat/completions HTTP/1.1\r\n");
            assertThat(server.requests().getFirst().header("Host")).startsWith("[");
        }
    }

    @Test
    void aMixtureOfEndingsIsAccountedForExactlyOnceEach() throws IOException {
        List<String> answers = List.of(
                ANSWER,
                whole(500, "text/plain", "boom"),
                whole(503, "text/plain", "full"),
                stream(content("a")),
                stream(event("{\"error\":\"no\"}")),
                stream(USAGE, DONE),
                HEAD + chunks(content("a")));
        try (var server = new ScriptedServer((request, conversation) -> {
                    String answer = answers.get(request.number() % answers.size());
                    conversation.send(answer);
                    if (answer.startsWith(HEAD) && !answer.endsWith(LAST_CHUNK)) {
                        conversation.close();
                    }
                });
                var client = new LiveClient(server.url(), PATIENT)) {
            int each = 60;
            for (int i = 0; i < each * answers.size(); i++) {
                client.send(planned(i));
            }
            Map<String, Long> counts = client.await(each * answers.size()).stream()
                    .collect(Collectors.groupingBy(
                            ended -> ended.outcome().wireName(), TreeMap::new, Collectors.counting()));
            assertThat(counts).hasSize(answers.size()).allSatisfy((name, count) -> assertThat(count).isEqualTo(each));
        }
    }

    @Test
    void limitsCancellingAndBrokenConnectionsTogetherStillEndEachRequestOnce() throws IOException {
        var options = new ClientOptions(SHORT, SHORT, SHORT, SHORT.multipliedBy(2), true, false, Optional.empty());
        int requests = 1_500;
        try (var server = new ScriptedServer((request, conversation) -> {
                    switch (request.number() % 6) {
                        case 0 -> conversation.stall();
                        case 1 -> conversation.reset();
                        case 2 -> conversation.close();
                        case 3 -> {
                            conversation.send(HEAD + chunks(content("a")));
                            conversation.stall();
                        }
                        default -> conversation.send(ANSWER);
                    }
                });
                var client = new LiveClient(server.url(), options)) {
            for (int i = 0; i < requests; i++) {
                client.send(planned(i));
                if (i % 500 == 250) {
                    client.client().cancelAll();
                }
            }
            assertThat(client.await(requests)).extracting(ended -> ended.outcome().wireName())
                    .isSubsetOf("completed", "timed_out", "connection_failed", "cancelled");
        }
    }

    private static Outcome outcome(ScriptedServer.Script script) throws IOException {
        return ask(PATIENT, script).outcome();
    }

    private static RequestRecord ask(ClientOptions options, ScriptedServer.Script script) throws IOException {
        try (var server = new ScriptedServer(script);
                var client = new LiveClient(server.url(), options)) {
            return client.ask(planned(0));
        }
    }

    private static void awaitZero(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
