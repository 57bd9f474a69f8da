package io.sagebench.benchmark.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sagebench.benchmark.LocalServing;
import io.sagebench.benchmark.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a server sees of the two modes. It keeps a log of requests that came and answers that went, and answers only when as many requests are there as
/// the mode should send at once.
class SendPatternTest {
    private static final int REQUESTS = 5;
    private static final String CHUNK = "data: {\"choices\":[{\"index\":0,\"text\":\" word\",\"finish_reason\":null}]}\n\n";
    private static final String END = """
            data: {"choices":[{"index":0,"text":"","finish_reason":"length"}]}

            data: {"choices":[],"usage":{"prompt_tokens":128,"completion_tokens":2,"total_tokens":130}}

            data: [DONE]

            """;

    private final List<String> log = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private CountDownLatch enough = new CountDownLatch(0);
    private HttpServer server = unbound();

    private static HttpServer unbound() {
        try {
            return HttpServer.create();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/models", exchange -> answer(exchange, "{\"data\":[{\"id\":\"m\"}]}"));
        server.createContext("/v1/completions", this::complete);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        synchronized (log) {
            log.add("came");
            bodies.add(body);
        }
        enough.countDown();
        try {
            boolean came = enough.await(30, TimeUnit.SECONDS);
            assertThat(came).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (log) {
            log.add("went");
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        answer(exchange, CHUNK + CHUNK + END);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private EngineRun measured(EngineOptions.Mode mode, int atOnce) {
        enough = new CountDownLatch(atOnce);
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var options = new EngineOptions(
                mode, Optional.empty(), OptionalInt.empty(), Optional.empty(), OptionalInt.of(0), EngineOptions.Endpoint.COMPLETIONS,
                EngineOptions.DEFAULT.timeout(), 42);
        var targets = new EngineTargets(new LocalServing(_ -> {}), CpuModels.LOCAL, _ -> {});
        if (!(targets.open(EngineChoice.at(EngineBackend.OPENAI, url)) instanceof EngineTargets.Opening.Opened(EngineTarget target))) {
            throw new AssertionError("was not found");
        }
        try (target) {
            EngineWorkload workload = EngineWorkloads.selected("short").orElseThrow().getFirst();
            return new HttpEngineRunner(new PromptSource.Own(), EngineListener.SILENT).measure(target, workload, options, 1, new StopSignal());
        }
    }

    @Test
    void trafficSendsTheNextWhenTheAnswerBeforeHasCome() {
        EngineRun run = measured(EngineOptions.Mode.TRAFFIC, 1);
        var expected = new ArrayList<String>();
        for (int i = 0; i < REQUESTS; i++) {
            expected.addAll(List.of("came", "went"));
        }
        assertThat(log).isEqualTo(expected);
        assertThat(run.metrics().count("successful_requests")).isEqualTo(REQUESTS);
    }

    @Test
    void batchSendsAllBeforeAnyAnswer() {
        EngineRun run = measured(EngineOptions.Mode.BATCH, REQUESTS);
        assertThat(log.subList(0, REQUESTS)).containsOnly("came");
        assertThat(log.subList(REQUESTS, 2 * REQUESTS)).containsOnly("went");
        assertThat(run.metrics().count("peak_concurrency")).isEqualTo(REQUESTS);
    }

    @Test
    void promptsAreSentAsTheyAreAndEachBeginsInItsOwnWords() {
        measured(EngineOptions.Mode.BATCH, REQUESTS);
        assertThat(bodies).hasSize(REQUESTS).allSatisfy(body -> assertThat(body)
                .startsWith("{\"model\":\"m\",\"prompt\":\"")
                .contains("\"max_tokens\":128", "\"stream\":true")
                .doesNotContain("ignore_eos", "temperature")); // which not every server knows
        assertThat(bodies.stream().map(body -> body.substring(0, 60)).distinct()).hasSize(REQUESTS);
    }

    @Test
    void aServerWithoutLanguageModelsIsNoEngine() {
        server.removeContext("/v1/models");
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        assertThat(new EngineTargets(new LocalServing(_ -> {}), CpuModels.LOCAL, _ -> {}).open(EngineChoice.at(EngineBackend.VLLM, url)))
                .isInstanceOfSatisfying(EngineTargets.Opening.Failed.class, failed -> assertThat(failed.message())
                        .startsWith("--backend vllm: ")
                        .contains("answered with status 404, where a list of models was expected"));
    }

    @Test
    void anotherModelThanTheOneAskedForIsNeverMeasured() {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        assertThat(new EngineTargets(new LocalServing(_ -> {}), CpuModels.LOCAL, _ -> {}).open(EngineChoice.at(EngineBackend.VLLM, url).with("other")))
                .isInstanceOfSatisfying(EngineTargets.Opening.Failed.class, failed -> assertThat(failed.message())
                        .contains("has no model 'other'; it has m"));
    }
}
