package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.Probe;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.live.net.BearerToken;
import io.sagebench.live.server.Adjustable;
import io.sagebench.live.server.FakeEngine;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.live.server.EngineServer;
import io.sagebench.live.server.RawHttp;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is asked of a server beside the work, and what the operator says of it.
@Timeout(60)
class WatchedEngineTest {
    private static final HttpEngineSettings OFTEN = HttpEngineSettings.DEFAULT.with(
            new EngineWatch("/health", Optional.of(Duration.ofMillis(5))));

    private final LiveTimeline timeline = new LiveTimeline("watched", new RunClock(), _ -> {});

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        timeline.close();
    }

    @Test
    void learnsFromTheMetricsWhatTheServerIsAndHowLoaded() throws IOException {
        var behind = new FakeEngine(timeline, 100);
        try (var mock = new EngineServer(
                        timeline, behind, Adjustable.NOTHING, MockEngineOptions.DEFAULT, ServerSettings.onLoopback(0));
                var engine = connect(URI.create("http://127.0.0.1:" + mock.port()), OFTEN)) {
            assertThat(engine.report().orElseThrow().kind()).isEqualTo(ServerKind.VLLM);
            assertThat(engine.reportedLoad().orElseThrow().kvUsage()).hasValue(0.25);
            assertThat(engine.reportedLoad().orElseThrow().waiting()).hasValue(0);
            long first = engine.reportedLoad().orElseThrow().sampledAtNanos();
            behind.nowWaiting(12);
            await().until(() -> engine.reportedLoad().orElseThrow().waiting().orElse(0) == 12);
            assertThat(engine.reportedLoad().orElseThrow().sampledAtNanos()).isBetween(first, timeline.nowNanos());
            assertThat(engine.metricsProblem()).isEmpty();
        }
    }

    @Test
    void theSizeOfTheCacheIsWhatTheServerSaysUnlessTheOperatorSaysBetter() throws IOException {
        String page = "vllm:num_requests_running 0\nvllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"64\"} 1\n";
        try (var upstream = new FakeUpstream((_, _) -> {}).page("/metrics", FakeUpstream.whole(200, page));
                var engine = connect(upstream.url(), HttpEngineSettings.DEFAULT)) {
            assertThat(engine.description().kvTokens()).as("64 blocks of 16").hasValue(1_024);
            var declared = new DeclaredServer(
                    Optional.of(ServerKind.SGLANG),
                    Map.of(),
                    Set.of(RequestType.LLM_CHAT),
                    OptionalInt.of(77),
                    OptionalLong.of(500),
                    EngineSpeed.UNKNOWN_SERVER,
                    EngineTraits.UNKNOWN.withUsdPerHour(2.5));
            try (var other = connect(upstream.url(), HttpEngineSettings.DEFAULT.with(declared))) {
                assertThat(other.description().kvTokens()).hasValue(500);
                assertThat(other.description().contextTokens()).hasValue(77);
                assertThat(other.description().traits().usdPerHour()).hasValue(2.5);
                assertThat(other.description().models().types()).containsExactly(RequestType.LLM_CHAT);
            }
        }
    }

    @Test
    void aServerWithoutMetricsTellsNoLoad() throws IOException {
        try (var upstream = new FakeUpstream((_, _) -> {});
                var engine = connect(upstream.url(), OFTEN)) {
            assertThat(engine.reportedLoad()).isEmpty();
            assertThat(engine.metricsProblem()).contains(upstream.url() + "/metrics answered with status 404");
            upstream.page("/metrics", FakeUpstream.whole(200, "tgi_queue_size 3\ntgi_batch_current_size 2\n"));
            await().until(() -> engine.reportedLoad().isPresent());
            assertThat(engine.report().orElseThrow().kind()).isEqualTo(ServerKind.TGI);
        }
    }

    @Test
    void aProbeAsksForHealthOrElseForModels() throws IOException, InterruptedException {
        try (var upstream = new FakeUpstream((_, _) -> {});
                var engine = connect(upstream.url(), HttpEngineSettings.DEFAULT)) {
            assertThat(probe(engine)).as("no /health, but models").isEqualTo(new Probe.Ready());
            upstream.page("/health", FakeUpstream.whole(503, "dead"));
            assertThat(probe(engine)).isEqualTo(new Probe.NotReady(upstream.url() + " answered a probe with status 503"));
            upstream.page("/health", FakeUpstream.whole(200, ""));
            assertThat(probe(engine)).isEqualTo(new Probe.Ready());
        }
    }

    @Test
    void aProbeOfAServerThatIsGoneSaysSo() throws IOException, InterruptedException {
        var upstream = new FakeUpstream((_, _) -> {});
        upstream.page("/v1/models", FakeUpstream.whole(200, "{\"data\":[{\"id\":\"m\"}]}").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        try (var engine = connect(upstream.url(), HttpEngineSettings.DEFAULT.with(new EngineWatch("/health", Optional.empty())))) {
            upstream.close();
            assertThat(probe(engine)).isInstanceOfSatisfying(
                    Probe.NotReady.class, down -> assertThat(down.reason()).startsWith(upstream.url() + " does not answer: "));
        }
    }

    @Test
    void clientsUseTheNamesThatTheOperatorGave() throws IOException, InterruptedException {
        var names = new LinkedHashMap<String, String>();
        names.put("chat", "m");
        names.put("same", "same");
        var settings = HttpEngineSettings.DEFAULT
                .with(DeclaredServer.NOTHING.serving(names))
                .withHeaders(Map.of("X-Team", "blue"))
                .withApiKey(new BearerToken("k"));
        try (var upstream = new FakeUpstream((_, out) -> out.write(FakeUpstream.whole(200, "{}").getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), settings)) {
            String body = Gateway.ASK.replace('\'', '"');
            assertThat(gateway.answerTo(RawHttp.chat(body)).status()).as("m itself is not offered").isEqualTo(404);

            gateway.answerTo(RawHttp.chat(body.replace("\"m\"", "\"chat\"")));
            var asked = upstream.asked().take();
            assertThat(asked.body()).isEqualTo(body);
            assertThat(asked.headers()).containsEntry("x-team", "blue").containsEntry("authorization", "Bearer k");

            String unchanged = body.replace("\"m\"", " \"same\"");
            gateway.answerTo(RawHttp.chat(unchanged));
            assertThat(upstream.asked().take().body()).isEqualTo(unchanged);
        }
    }

    @Test
    void anEmbeddingServerTakesEmbeddingsOnly() throws IOException {
        try (var upstream = new FakeUpstream((_, _) -> {});
                var engine = connect(
                        upstream.page("/metrics", FakeUpstream.whole(200, "te_queue_size 0\n")).url(), HttpEngineSettings.DEFAULT)) {
            assertThat(engine.description().models().types()).containsExactly(RequestType.EMBEDDING);
        }
    }

    @Test
    void whatTheServerAsksToWaitReachesTheClient() throws IOException {
        String busy = FakeUpstream.whole(429, "{}").replaceFirst("\r\n", "\r\nRetry-After: 17\r\n");
        try (var upstream = new FakeUpstream((_, out) -> out.write(busy.getBytes(UTF_8)));
                var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT)) {
            Answer answer = gateway.answerTo(RawHttp.chat(Gateway.ASK));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("retry-after", "17");
        }
    }

    private HttpEngine connect(URI url, HttpEngineSettings settings) throws IOException {
        return HttpEngine.connect(timeline, new EngineId("e"), url, settings);
    }

    private Probe probe(HttpEngine engine) throws InterruptedException {
        BlockingQueue<Probe> answers = new LinkedBlockingQueue<>();
        timeline.execute(() -> engine.probe(answers::add));
        Probe answer = answers.poll(20, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer");
        }
        return answer;
    }
}
