package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.Adjustable;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.live.server.EngineServer;
import io.sagebench.live.server.RawHttp;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Texts to embed that pass through a control plane to a server: how many calls it takes, and who gets what.
@Timeout(60)
class EmbeddingGatewayTest {
    private static final DeclaredServer EMBEDDINGS = DeclaredServer.NOTHING.answering(Set.of(RequestType.EMBEDDING));
    private static final HttpEngineSettings EMBEDDER = HttpEngineSettings.DEFAULT.with(EMBEDDINGS);
    /// So that texts wait for each other until there are eight.
    private static final Map<String, String> EIGHT = Map.of("embedding_batch_size", "8", "max_embedding_wait_ms", "15000");

    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    /// A number that no `double` holds, with the length of the text before the point, so that each vector tells whose it is.
    private static String vector(String text) {
        return "[" + text.length() + ".10000000000000000000000001,-0.50]";
    }

    private static String embeddings(FakeUpstream.Asked asked, boolean backwards) {
        JsonNode input = JsonMapper.shared().readTree(asked.body()).path("input");
        var data = new ArrayList<String>();
        int texts = input.isArray() ? input.size() : 1;
        for (int i = 0; i < texts; i++) {
            String text = input.isArray() ? input.get(i).stringValue() : input.stringValue();
            data.add("{\"object\":\"embedding\",\"embedding\":" + vector(text) + ", \"index\":" + i + "}");
        }
        return "{\"model\":\"m\",\"data\":[" + String.join(",", backwards ? data.reversed() : data)
                + "],\"usage\":{\"prompt_tokens\":" + 11 * texts + ",\"total_tokens\":" + 11 * texts + "}}";
    }

    /// Answers the first call only when the test allows it, and refuses texts that say so.
    private void answer(FakeUpstream.Asked asked, OutputStream out) throws IOException {
        if (asked.body().contains("first")) {
            awaitFirstMayEnd();
        }
        boolean bad = asked.body().contains("refuse me");
        String body = bad ? "{\"error\":{\"message\":\"no\"}}" : embeddings(asked, true);
        out.write(FakeUpstream.whole(bad ? 400 : 200, body).getBytes(UTF_8));
    }

    private void awaitFirstMayEnd() {
        try {
            firstMayEnd.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String ask(String input) {
        return RawHttp.post("/v1/embeddings", "{'model':'m','input':" + input + ",'user':'u'}");
    }

    /// The answers to eight requests that come while the server works on another one.
    private List<Answer> answersToEight(Gateway gateway, FakeUpstream upstream, List<String> inputs) throws IOException {
        try (var first = gateway.connect().send(ask("'first'"))) {
            await().until(() -> !upstream.asked().isEmpty());
            var clients = new ArrayList<RawHttp>();
            for (String input : inputs) {
                clients.add(gateway.connect().send(ask(input)));
            }
            var answers = new ArrayList<Answer>();
            for (RawHttp client : clients) {
                answers.add(client.answer());
                client.close();
            }
            firstMayEnd.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
            return answers;
        }
    }

    @Test
    void eightRequestsAreOneCallAndEachGetsItsOwn() throws IOException {
        try (var upstream = new FakeUpstream(this::answer);
                var gateway = new Gateway(upstream.url(), EMBEDDER, "hybrid", EIGHT)) {
            var inputs = new ArrayList<String>();
            for (int i = 1; i <= 7; i++) {
                inputs.add("'" + "x".repeat(i * 4) + "'");
            }
            inputs.add("['abcdefgh']");
            List<Answer> answers = answersToEight(gateway, upstream, inputs);

            assertThat(upstream.asked()).as("calls for nine requests").hasSize(2);
            assertThat(upstream.asked()).allSatisfy(asked -> assertThat(asked.path()).isEqualTo("/v1/embeddings"));
            int tokens = 0;
            for (int i = 0; i < 8; i++) {
                Answer answer = answers.get(i);
                assertThat(answer.status()).isEqualTo(200);
                String text = i == 7 ? "abcdefgh" : "x".repeat((i + 1) * 4);
                assertThat(answer.body()).contains("\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":" + vector(text) + "}]");
                JsonNode usage = JsonMapper.shared().readTree(answer.body()).path("usage");
                assertThat(usage.path("estimated_share").booleanValue()).isTrue();
                tokens += usage.path("prompt_tokens").intValue();
                assertThat(answer.headers())
                        .containsEntry("x-instance-id", "upstream-1")
                        .containsEntry("x-policy", "hybrid")
                        .containsKeys("x-queue-ms", "x-policy-epoch", "x-request-id");
            }
            assertThat(tokens).as("8 texts of 11 tokens, as the server counted").isEqualTo(88);
            await().until(() -> gateway.metrics().counts().completed() == 9);
        }
    }

    @Test
    void aBadTextDoesNotTakeTheOthersWithIt() throws IOException {
        try (var upstream = new FakeUpstream(this::answer);
                var gateway = new Gateway(upstream.url(), EMBEDDER, "hybrid", EIGHT)) {
            List<Answer> answers = answersToEight(
                    gateway, upstream, List.of("'a'", "'b'", "'c'", "'refuse me'", "'d'", "'e'", "'f'", "'g'"));
            for (int i = 0; i < 8; i++) {
                assertThat(answers.get(i).status()).isEqualTo(i == 3 ? 400 : 200);
            }
            assertThat(answers.get(3).body()).contains("\"error\"").contains("status 400: no");
            assertThat(upstream.asked()).as("the first, the batch, and one for each of its members").hasSize(10);
            await().until(() -> gateway.metrics().counts().failed() == 1);
        }
    }

    @Test
    void aClientThatLeavesABatchTakesNobodyWithIt() throws IOException, InterruptedException {
        var batchMayEnd = new CountDownLatch(1);
        try (var upstream = new FakeUpstream((asked, out) -> {
                    if (asked.body().contains("gone")) {
                        await().until(() -> batchMayEnd.getCount() == 0);
                    }
                    answer(asked, out);
                });
                var gateway = new Gateway(
                        upstream.url(), EMBEDDER, "hybrid", Map.of("embedding_batch_size", "2", "max_embedding_wait_ms", "15000"))) {
            try (var first = gateway.connect().send(ask("'first'"))) {
                upstream.asked().take();
                try (var stays = gateway.connect().send(ask("'stays'"))) {
                    try (var _ = gateway.connect().send(ask("'gone'"))) {
                        assertThat(upstream.asked().take().body()).contains("gone", "stays");
                    }
                    await().until(() -> gateway.metrics().counts().cancelled() == 1);
                    batchMayEnd.countDown();
                    assertThat(stays.answer().body()).contains(vector("stays"));
                }
                firstMayEnd.countDown();
                first.answer();
            }
        }
    }

    @Test
    void moreTextsThanACallTakesAreSeveralCallsJoinedInOrder() throws IOException {
        var settings = EMBEDDER.with(EMBEDDINGS.with(EngineTraits.UNKNOWN.withMaxTextsPerCall(3)));
        try (var upstream = new FakeUpstream(this::answer);
                var gateway = new Gateway(upstream.url(), settings)) {
            Answer answer = gateway.answerTo(ask("['a','bb','ccc','dddd','eeeee','ffffff','ggggggg']"));
            assertThat(upstream.asked()).hasSize(3);
            JsonNode list = JsonMapper.shared().readTree(answer.body());
            assertThat(list.path("data")).hasSize(7);
            for (int i = 0; i < 7; i++) {
                assertThat(list.path("data").path(i).path("index").intValue()).isEqualTo(i);
                assertThat((int) list.path("data").path(i).path("embedding").path(0).doubleValue()).isEqualTo(i + 1);
            }
            assertThat(list.path("usage").path("prompt_tokens").intValue()).isEqualTo(77);
            assertThat(list.path("usage").has("estimated_share")).as("all of it is its own").isFalse();
        }
    }

    @Test
    void aServerThatAnswersNonsenseFailsTheRequest() throws IOException {
        var settings = EMBEDDER.with(EMBEDDINGS.with(EngineTraits.UNKNOWN.withMaxTextsPerCall(1)));
        for (String nonsense : List.of("{\"data\":[]}", "oops", "{\"data\":[{\"index\":7,\"embedding\":[1]}]}")) {
            try (var upstream = new FakeUpstream((_, out) -> out.write(FakeUpstream.whole(200, nonsense).getBytes(UTF_8)));
                    var gateway = new Gateway(upstream.url(), settings)) {
                Answer answer = gateway.answerTo(ask("['a','b']"));
                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.body()).contains("an answer that is none");
            }
        }
    }

    @Test
    void aRequestByItselfPassesUntouched() throws IOException, InterruptedException {
        String body = "{\"model\":\"m\", \"input\":[1,2,3],\"encoding_format\":\"base64\",\"user\":\"u\",\"dimensions\":2}";
        String said = "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":\"AAAA\",\"object\":\"embedding\"}],\"usage\":{\"prompt_tokens\":3}}";
        try (var upstream = new FakeUpstream((_, out) -> out.write(FakeUpstream.whole(200, said).getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), EMBEDDER)) {
            assertThat(gateway.answerTo(RawHttp.post("/v1/embeddings", body)).body()).isEqualTo(said);
            assertThat(upstream.asked().take().body()).isEqualTo(body);
            assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK)).status()).as("it only embeds").isEqualTo(404);
        }
    }

    @Test
    void completionsGoToTheirOwnPath() throws IOException, InterruptedException {
        try (var upstream = new FakeUpstream((_, out) -> out.write(
                        (FakeUpstream.STREAM_HEAD + "data: {\"choices\":[{\"text\":\" a\"}]}\n\ndata: [DONE]\n\n").getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            Answer answer = gateway.answerTo(RawHttp.post("/v1/completions", "{'model':'m','prompt':'x','stream':true}"));
            assertThat(answer.body()).contains("\"text\":\" a\"").endsWith("data: [DONE]\n\n");
            assertThat(upstream.asked().take().path()).isEqualTo("/v1/completions");
            await().until(() -> gateway.metrics().counts().completed() == 1);
        }
    }

    /// Batches of a control plane in front of a mock engine give the very vectors that the mock engine gives by itself.
    @Test
    void vectorsAreThoseOfTheServerBehind() throws IOException {
        try (var timeline = new LiveTimeline("mock-timeline", new RunClock(), _ -> {})) {
            var engine = new EmbeddingEngine(
                    timeline, new EngineId("e"), ServedModels.of("m"), EmbeddingProfiles.named("bge-m3-a100").orElseThrow());
            timeline.start();
            try (var mock = new EngineServer(
                            timeline, engine, Adjustable.NOTHING, MockEngineOptions.DEFAULT, ServerSettings.onLoopback(0));
                    var gateway = new Gateway(
                            URI.create("http://127.0.0.1:" + mock.port()), EMBEDDER, "hybrid_slo", Map.of("embedding_batch_size", "4"));
                    var direct = new RawHttp(mock.port())) {
                var clients = new ArrayList<RawHttp>();
                for (int i = 0; i < 12; i++) {
                    clients.add(gateway.connect().send(ask("['text " + i + "','more']")));
                }
                for (int i = 0; i < 12; i++) {
                    String expected = direct.send(ask("['text " + i + "','more']")).answer().body();
                    String got = clients.get(i).answer().body();
                    assertThat(got.substring(0, got.indexOf("\"usage\""))).isEqualTo(expected.substring(0, expected.indexOf("\"usage\"")));
                    clients.get(i).close();
                }
            }
        }
    }
}
