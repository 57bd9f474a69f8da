package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.benchmark.engine.CpuModels;
import io.sagebench.benchmark.Serving.ControlPlaneServerConfig;
import io.sagebench.benchmark.Serving.RunningServer;
import io.sagebench.benchmark.Serving.Served;
import io.sagebench.benchmark.config.ClusterDraft;
import io.sagebench.policy.Policies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A control plane from a cluster file, in front of servers of which some are not there.
@Timeout(120)
class ClusterServingTest {
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    @Test
    void servesOverServersAndSimulatedEnginesByTheirNames() throws IOException, InterruptedException {
        try (RunningServer gpu = simulator(0);
                RunningServer server = listening("""
                        port: 0
                        policy: {name: priority, params: {aging_ms: 500}}
                        engines:
                          - {id: gpu-1, url: "%s", models: {chat: qwen2.5-0.5b}}
                          - {id: sim, simulated: llama3-8b-a100}
                        """.formatted(gpu.url()))) {
            HttpResponse<String> answer = chat(server, "chat");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Instance-Id")).contains("gpu-1");
            assertThat(chat(server, "llama3-8b").headers().firstValue("X-Instance-Id")).contains("sim");
            assertThat(get(server, "/admin/policy")).contains("\"aging_ms\":\"500\"");
            assertThat(server.notes()).isEmpty();
        }
    }

    @Test
    void simulatedEnginesOfAnyKindHaveAPriceAndFailAsAsked() throws IOException, InterruptedException {
        try (RunningServer server = listening("""
                port: 0
                engines:
                  - {id: sim, simulated: llama3-8b-a100, usd_per_hour: 1.5}
                  - {id: "emb:1", simulated: bge-m3-a100}
                """)) {
            assertThat(get(server, "/admin/instances/sim")).contains("\"usd_per_hour\":1.5");
            assertThat(get(server, "/admin/instances")).contains("\"embedding_backends\":[\"emb:1\"]");
            HttpResponse<String> vectors = post(server, "/v1/embeddings", "{\"model\":\"bge-m3\",\"input\":\"hi\"}");
            assertThat(vectors.statusCode()).as(vectors.body()).isEqualTo(200);
            assertThat(post(server, "/admin/faults", "{\"faults\":\"error:429@100%\"}").statusCode()).isEqualTo(200);
            assertThat(chat(server, "llama3-8b").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void registersAnEngineWithItsKeyAndForgetsIt() throws IOException, InterruptedException {
        environment.put("GPU_KEY", "s3cret");
        try (RunningServer gpu = simulator(0);
                RunningServer server = listening("port: 0\nengines: [{id: sim, simulated: llama3-8b-a100}]\n")) {
            String body = "{\"id\":\"gpu-1\",\"url\":\"" + gpu.url() + "\",\"api_key_env\":\"GPU_KEY\"}";
            HttpResponse<String> added = post(server, "/admin/instances", body);
            assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
            assertThat(added.body()).doesNotContain("s3cret");
            assertThat(chat(server, "qwen2.5-0.5b").headers().firstValue("X-Instance-Id")).contains("gpu-1");
            assertThat(post(server, "/admin/instances", body).statusCode()).isEqualTo(409);
            HttpResponse<String> wrong = post(server, "/admin/instances", "{\"id\":\"a b\",\"url\":\"x\",\"api_key_env\":\"NO_KEY\"}");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("id").contains("url").contains("NO_KEY");
            assertThat(send(HttpRequest.newBuilder(URI.create(server.url() + "/admin/instances/gpu-1")).DELETE()).statusCode()).isEqualTo(200);
            assertThat(chat(server, "qwen2.5-0.5b").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aServerThatComesLaterJoins() throws IOException, InterruptedException {
        int declaredPort = freePort();
        int unknownPort = freePort();
        try (RunningServer server = listening("""
                port: 0
                health: {interval: 100ms}
                engines:
                  - {id: sim, simulated: llama3-8b-a100}
                  - {id: late, url: "http://127.0.0.1:%d", models: [qwen2.5-0.5b]}
                  - {id: unknown, url: "http://127.0.0.1:%d"}
                """.formatted(declaredPort, unknownPort))) {
            var news = new ConcurrentLinkedQueue<String>();
            server.tell(news::add);
            assertThat(server.notes()).hasSize(2);
            assertThat(server.notes().getFirst())
                    .startsWith("engine late: no server answers at http://127.0.0.1:" + declaredPort)
                    .endsWith("Requests for its models wait for it.");
            assertThat(server.notes().getLast()).endsWith("It joins when it answers.");
            assertThat(chat(server, "llama3-8b").statusCode()).as("the others serve meanwhile").isEqualTo(200);
            assertThat(get(server, "/admin/instances")).contains("\"late\"").doesNotContain("\"unknown\"");
            try (RunningServer late = simulator(declaredPort);
                    RunningServer unknown = simulator(unknownPort)) {
                assertThat(unknown.url().getPort()).isEqualTo(unknownPort);
                HttpResponse<String> answer = chat(server, "qwen2.5-0.5b");
                assertThat(answer.statusCode()).as(answer.body() + late.url()).isEqualTo(200);
                await().atMost(Duration.ofSeconds(30)).until(() -> get(server, "/admin/instances").contains("\"unknown\""));
                await().atMost(Duration.ofSeconds(30)).until(() -> news.contains("engine unknown has joined"));
            }
        }
    }

    @Test
    void aNameThatTheServerDoesNotListIsDoubtful() throws IOException {
        try (RunningServer gpu = simulator(0);
                RunningServer server = listening(
                        "port: 0\nengines: [{id: gpu-1, url: \"" + gpu.url() + "\", models: {chat: qwen9, other: qwen2.5-0.5b}}]\n")) {
            assertThat(server.notes()).containsExactly("engine gpu-1: the server does not list the model qwen9,"
                    + " and may answer requests for it with 404; it lists qwen2.5-0.5b");
        }
    }

    @Test
    void withoutAnyServerThereIsNothingToServe() throws IOException {
        int port = freePort();
        String yaml = "port: 0\nengines: [{id: a, url: \"http://127.0.0.1:" + port + "\", models: [m]}]\n";
        assertThat(serve(yaml)).isInstanceOfSatisfying(Served.CouldNotServe.class, failed -> assertThat(failed.message())
                .startsWith("no engine answers:")
                .contains("engine a: no server answers at http://127.0.0.1:" + port));
    }

    @Test
    void strictMeansThatAllMustBeThere() throws IOException {
        String yaml = "port: 0\nstrict: true\nengines: [{id: sim, simulated: llama3-8b-a100}, {id: a, url: \"http://127.0.0.1:"
                + freePort() + "\"}]\n";
        assertThat(serve(yaml)).isInstanceOfSatisfying(
                Served.CouldNotServe.class, failed -> assertThat(failed.message()).startsWith("not all engines answer:"));
    }

    private RunningServer simulator(int port) throws IOException {
        return listening("port: " + port + "\nengines: [{id: inner, simulated: qwen2.5-0.5b-a100}]\n");
    }

    private RunningServer listening(String yaml) throws IOException {
        return switch (serve(yaml)) {
            case Served.Listening(RunningServer server) -> server;
            case Served.CouldNotServe(String message) -> throw new AssertionError(message);
        };
    }

    private Served serve(String yaml) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "cluster", ".yaml"), yaml);
        var draft = new ClusterDraft(Policies.installed(), Map.of());
        draft.file(file);
        return switch (draft.check()) {
            case ClusterDraft.Checked.Valid(ControlPlaneServerConfig config, var _) -> serving().controlPlane(config);
            case ClusterDraft.Checked.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private Serving serving() {
        return new LocalServing(
                bug -> {
                    throw new AssertionError(bug);
                },
                environment,
                CpuModels.LOCAL);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> chat(RunningServer server, String model) throws IOException, InterruptedException {
        String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":2}";
        return post(server, "/v1/chat/completions", body);
    }

    private static HttpResponse<String> post(RunningServer server, String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.url().resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String get(RunningServer server, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path))).body();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
