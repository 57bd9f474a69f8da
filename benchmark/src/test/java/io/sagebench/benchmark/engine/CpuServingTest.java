package io.sagebench.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.inference.CpuEngineSettings;
import io.sagebench.inference.UnusableModelException;
import io.sagebench.inference.hub.ModelUnavailable;
import io.sagebench.random.Seed;
import io.sagebench.workload.ExactPrompts;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tiny model that ships, behind its port.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CpuServingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private CpuServing serving;

    @BeforeAll
    void start() throws UnusableModelException, ModelUnavailable, BindException {
        serving = CpuServing.start(CpuServing.Config.of(CpuModel.DEFAULT, CpuEngineSettings.DEFAULTS), bug -> {
            throw new AssertionError(bug);
        });
    }

    @AfterAll
    void stop() {
        client.close();
        serving.close();
    }

    @Test
    void usageCountsTheModelsTokens() throws IOException, InterruptedException {
        String prompt = ExactPrompts.of(serving.tokenizer()).prompt(new Seed(1), 0, 64);
        JsonNode answer = json(post("/v1/completions", """
                {"model":"sage-tiny","prompt":"%s","max_tokens":12,"ignore_eos":true,"temperature":0}""".formatted(prompt)));
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(64);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(12);
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(answer.at("/choices/0/text").asString()).isNotEmpty();
    }

    @Test
    void theSameSeedGivesTheSameTextWhetherStreamedOrWholeAndWhateverElseRuns() throws IOException, InterruptedException {
        String ask = "{\"model\":\"sage-tiny\",\"prompt\":\"Once\",\"max_tokens\":24,\"ignore_eos\":true,\"seed\":11";
        String whole = json(post("/v1/completions", ask + "}")).at("/choices/0/text").asString();
        var others = IntStream.range(0, 4)
                .mapToObj(i -> client.sendAsync(request("/v1/completions", "{\"prompt\":\"Number " + i + "\",\"max_tokens\":64}"), BodyHandlers.ofString()))
                .toList();
        assertThat(streamed(post("/v1/completions", ask + ",\"stream\":true}").body())).isEqualTo(whole);
        others.forEach(other -> assertThat(other.join().statusCode()).isEqualTo(200));
    }

    @Test
    void tokenIdsAskForTheSameAsTheirText() throws IOException, InterruptedException {
        JsonNode tokens = json(post("/tokenize", "{\"model\":\"sage-tiny\",\"prompt\":\"What is a queue?\"}")).get("tokens");
        assertThat(json(post("/detokenize", "{\"model\":\"sage-tiny\",\"tokens\":" + tokens + "}")).get("prompt").asString())
                .isEqualTo("What is a queue?");
        String rest = ",\"max_tokens\":8,\"temperature\":0,\"ignore_eos\":true}";
        String byIds = json(post("/v1/completions", "{\"prompt\":" + tokens + rest)).at("/choices/0/text").asString();
        assertThat(json(post("/v1/completions", "{\"prompt\":\"What is a queue?\"" + rest)).at("/choices/0/text").asString())
                .isEqualTo(byIds);
    }

    @Test
    void aChatIsAnswered() throws IOException, InterruptedException {
        JsonNode answer = json(post(
                "/v1/chat/completions",
                "{\"model\":\"sage-tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":4,\"ignore_eos\":true}"));
        int written = serving.tokenizer().count("user: hi\nassistant:");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(written);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void itsMetricsHaveVllmsNames() throws IOException, InterruptedException {
        post("/v1/completions", "{\"prompt\":\"count me\",\"max_tokens\":3,\"ignore_eos\":true}");
        String page = get("/metrics").body();
        assertThat(page).contains("vllm:generation_tokens_total{", "vllm:num_requests_running{", "vllm:request_success_total{");
        assertThat(get("/v1/models").body()).contains("\"id\":\"sage-tiny\"", "\"max_model_len\":2048");
    }

    @Test
    void anEncoderEmbeds() throws Exception {
        var encoder = CpuServing.Config.of(new CpuModel(CpuModel.TINY_ENCODER), CpuEngineSettings.DEFAULTS);
        try (var embedding = CpuServing.start(encoder, _ -> {})) {
            JsonNode answer = json(client.send(
                    request(embedding.url(), "/v1/embeddings", "{\"input\":[\"one text\",\"another\",\"one text\"]}"),
                    BodyHandlers.ofString()));
            List<JsonNode> vectors = answer.get("data").valueStream().map(each -> each.get("embedding")).toList();
            assertThat(vectors).hasSize(3);
            assertThat(vectors.get(0)).isEqualTo(vectors.get(2)).isNotEqualTo(vectors.get(1));
            assertThat(answer.at("/usage/prompt_tokens").asInt()).isPositive();
        }
    }

    @Test
    void aFolderThatIsNoModelIsRefusedWithTheReason(@TempDir Path folder) {
        var config = CpuServing.Config.of(new CpuModel(folder.toString()), CpuEngineSettings.DEFAULTS);
        assertThatThrownBy(() -> CpuServing.start(config, _ -> {}))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining(folder.toString());
    }

    private static String streamed(String body) {
        var text = new StringBuilder();
        body.lines()
                .filter(line -> line.startsWith("data: {"))
                .forEach(line -> text.append(JSON.readTree(line.substring(6)).at("/choices/0/text").asString("")));
        return text.toString();
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(serving.url().resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return request(serving.url(), path, body);
    }

    private static HttpRequest request(URI at, String path, String body) {
        return HttpRequest.newBuilder(at.resolve(path)).POST(BodyPublishers.ofString(body)).build();
    }
}
