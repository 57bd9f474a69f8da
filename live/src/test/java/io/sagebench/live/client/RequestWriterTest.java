package io.sagebench.live.client;

import static io.sagebench.live.client.LiveClient.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sagebench.live.files.DataFile;
import io.sagebench.live.files.DatasetReading;
import io.sagebench.live.files.Datasets;
import io.sagebench.request.Caller;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.PromptBody;
import io.sagebench.workload.PromptForm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestWriterTest {
    @TempDir
    private Path directory = Path.of("unset");

    private static final ServiceLevel PROMISED = new ServiceLevel(
            Optional.of(Duration.ofSeconds(2)), Optional.of(Duration.ofMillis(300)), Optional.of(Duration.ofMillis(50)));

    @Test
    void tellsWhoAsksAndTheLengthOfTheAnswerWhereItIsAnnounced() {
        PlannedRequest plain = Requests.planned(3, 600, PROMISED);
        var asked = new PlannedRequest(
                plain.id(), 3, 0, plain.model(), plain.priority(), plain.serviceLevel(), plain.promptTokens(), plain.outputTokens(),
                plain.promptSeed(), PromptForm.CHAT, new Caller(Optional.of("team"), Optional.of("talk-1")), true);
        var options = new ClientOptions(LONG, LONG, LONG, LONG, true, true, Optional.empty(), Map.of());
        assertThat(written("http://engine:8000/", options, asked).lines())
                .contains("X-Tenant-Id: team", "X-Session-Id: talk-1", "X-Predicted-Output-Tokens: 4");
        assertThat(written("http://engine:8000/", options, plain))
                .doesNotContain("X-Tenant-Id").doesNotContain("X-Session-Id").doesNotContain("X-Predicted-Output-Tokens");
    }

    @Test
    void writesAChatCompletion() {
        PlannedRequest planned = Requests.planned(3, 600, PROMISED);
        var options = new ClientOptions(LONG, LONG, LONG, LONG, true, true, Optional.of("secret"), Map.of("X-Mine", "1"));
        String request = written("http://engine:8000/", options, planned);

        List<String> lines = request.lines().takeWhile(line -> !line.isEmpty()).toList();
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        assertThat(lines)
                .startsWith("POST /v1/chat/completions HTTP/1.1", "Host: engine:8000")
                .contains(
                        "Content-Type: application/json",
                        "X-Request-ID: request-3",
                        "X-Request-Priority: HIGH",
                        "X-SLO-Deadline-Ms: 2000",
                        "X-SLO-TTFT-Ms: 300",
                        "X-SLO-TBT-Ms: 50",
                        "X-Request-Type: llm_chat",
                        "Authorization: Bearer secret",
                        "X-Mine: 1",
                        "Content-Length: " + body.length());

        JsonNode json = JsonMapper.shared().readTree(body);
        assertThat(json.at("/model").stringValue()).isEqualTo("default");
        assertThat(json.at("/messages/0/role").stringValue()).isEqualTo("user");
        assertThat(json.at("/messages/0/content").stringValue()).isEqualTo(planned.prompt());
        assertThat(json.at("/messages").size()).isEqualTo(1);
        assertThat(json.at("/max_tokens").intValue()).isEqualTo(4);
        assertThat(json.at("/temperature").doubleValue()).isEqualTo(0.7);
        assertThat(json.at("/top_p").doubleValue()).isEqualTo(0.95);
        assertThat(json.at("/stream").booleanValue()).isTrue();
        assertThat(json.at("/stream_options/include_usage").booleanValue()).isTrue();
        assertThat(json.at("/ignore_eos").booleanValue()).isTrue();
    }

    @Test
    void writesAPromptToComplete() {
        PlannedRequest planned = Requests.of(new PromptForm(RequestType.LLM_GENERATE, Optional.empty(), List.of()));
        var options = new ClientOptions(LONG, LONG, LONG, LONG, true, true, Optional.empty());
        String request = written("http://engine:8000/", options, planned);
        assertThat(request.lines()).startsWith("POST /v1/completions HTTP/1.1").contains("X-Request-Type: llm_generate");
        JsonNode json = bodyOf(request);
        assertThat(json.at("/prompt").stringValue()).isEqualTo(planned.prompt());
        assertThat(json.at("/max_tokens").intValue()).isEqualTo(4);
        assertThat(json.at("/stream").booleanValue()).isTrue();
        assertThat(json.has("messages")).isFalse();
    }

    @Test
    void writesWhatTheSystemSaysBeforeAGivenPrompt() throws IOException {
        Path file = Files.writeString(directory.resolve("prompts.jsonl"), "{\"prompt\": \"Why?\", \"system_prompt\": \"Be \\\"brief\\\".\"}");
        var pool = ((DatasetReading.Loaded) Datasets.read(DataFile.of(file), Datasets.Use.PROMPTS)).pool();
        var body = new PromptBody.Rows(pool, List.of(0L));
        var options = new ClientOptions(LONG, LONG, LONG, LONG, true, true, Optional.empty());
        JsonNode chat = bodyOf(written("http://engine:8000/", options, Requests.of(new PromptForm(RequestType.LLM_CHAT, body, List.of()))));
        assertThat(chat.at("/messages").valueStream().map(message -> message.at("/role").stringValue() + ": " + message.at("/content").stringValue()))
                .containsExactly("system: Be \"brief\".", "user: Why?");
        JsonNode completion = bodyOf(written("http://engine:8000/", options, Requests.of(new PromptForm(RequestType.LLM_GENERATE, body, List.of()))));
        assertThat(completion.at("/prompt").stringValue()).isEqualTo("Be \"brief\".\n\nWhy?");
    }

    @Test
    void writesTextsToEmbedAndNothingElseAboutThem() {
        var options = new ClientOptions(LONG, LONG, LONG, LONG, true, true, Optional.empty());
        PlannedRequest three = Requests.of(PromptForm.texts(List.of(3, 1, 2)));
        String request = written("http://engine:8000/", options, three);
        assertThat(request.lines())
                .startsWith("POST /v1/embeddings HTTP/1.1")
                .contains("X-Request-Type: embedding", "Accept: application/json");
        assertThat(bodyOf(request).at("/input").valueStream().map(JsonNode::stringValue)).isEqualTo(three.texts());
        assertThat(bodyOf(request).propertyNames()).containsExactly("model", "input");

        PlannedRequest one = Requests.of(PromptForm.texts(List.of(3)));
        assertThat(bodyOf(written("http://engine:8000/", options, one)).at("/input").stringValue())
                .as("a single text is not a list")
                .isEqualTo(one.texts().getFirst());
    }

    @Test
    void leavesOutWhatIsNotSet() {
        var options = new ClientOptions(LONG, LONG, LONG, LONG, false, false, Optional.empty());
        String request = written("https://api.example.com", options, Requests.planned(0));
        assertThat(request)
                .contains("Host: api.example.com\r\n", "\"stream\":false}")
                .doesNotContain("X-SLO", "Authorization", "ignore_eos", "stream_options");
    }

    @Test
    void optionsNeverPrintTheKeyAndRefuseWhatWouldBeAnotherHeader() {
        assertThat(new ClientOptions(LONG, LONG, LONG, LONG, true, true, Optional.of("secret")).toString())
                .doesNotContain("secret");
        assertThatThrownBy(() -> new ClientOptions(LONG, LONG, LONG, LONG, true, true, Optional.of("a\r\nX: y")))
                .hasMessageContaining("apiKey");
        assertThatThrownBy(() -> new ClientOptions(Duration.ZERO, LONG, LONG, LONG, true, true, Optional.empty()))
                .hasMessage("connect must be above 0, but was PT0S");
    }

    @Test
    void urlsThatNameNoServerAreRefused() {
        assertThatThrownBy(() -> HttpTarget.of(URI.create("localhost:8080"))).hasMessageContaining("http://");
        assertThatThrownBy(() -> HttpTarget.of(URI.create("http://host/?a=b"))).hasMessageContaining("query");
        assertThat(HttpTarget.of(URI.create("https://[::1]/v1/"))).isEqualTo(new HttpTarget(true, "::1", 443, "/v1"));
        assertThat(HttpTarget.of(URI.create("https://[::1]/v1/")).path("/health")).isEqualTo("/health");
    }

    private static JsonNode bodyOf(String request) {
        return JsonMapper.shared().readTree(request.substring(request.indexOf("\r\n\r\n") + 4));
    }

    private static String written(String url, ClientOptions options, PlannedRequest planned) {
        var writer = new RequestWriter(HttpTarget.of(URI.create(url)), options);
        ByteBuf bytes = writer.write(planned, UnpooledByteBufAllocator.DEFAULT);
        try {
            return bytes.toString(UTF_8);
        } finally {
            bytes.release();
        }
    }
}
