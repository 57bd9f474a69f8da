package io.sagebench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `serve` as a process of its own that is asked to end.
@Timeout(120)
@Tag("chaos")
@DisabledOnOs(OS.WINDOWS)
class ServeProcessTest {
    private static final int SIGTERM = 15;

    @TempDir
    private Path directory = Path.of("unset");

    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<Process> started = Optional.empty();

    @AfterEach
    void end() {
        client.shutdownNow();
        started.ifPresent(Process::destroyForcibly);
    }

    @Test
    void onSigtermARunningStreamCompletesAndANewRequestIsRefused() throws Exception {
        BufferedReader said = serving("90s");
        String url = urlIn(said);
        Iterator<String> stream = stream(url, 400);
        assertThat(stream.next()).startsWith("data: ");
        terminate();
        assertThat(said.readLine()).isEqualTo("Stop it with Ctrl-C.");
        assertThat(said.readLine())
                .isEqualTo("Stopping: requests here have up to 90 s to end; new ones are refused. Ctrl-C again ends at once.");
        HttpResponse<Stream<String>> refused = awaitRefusal(url);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body().toList()).singleElement().asString().contains("stopping");
        assertThat(linesOf(stream)).endsWith("data: [DONE]");
        assertThat(started.orElseThrow().waitFor()).isEqualTo(128 + SIGTERM);
    }

    @Test
    void aSecondSigtermWaitsForNothing() throws Exception {
        BufferedReader said = serving("1h");
        Iterator<String> stream = stream(urlIn(said), 8_000);
        assertThat(stream.next()).startsWith("data: ");
        terminate();
        assertThat(said.readLine()).isEqualTo("Stop it with Ctrl-C.");
        assertThat(said.readLine()).startsWith("Stopping: requests here have up to 3600 s to end");
        terminate();
        assertThat(started.orElseThrow().waitFor()).as("long before the answer is complete").isEqualTo(128 + SIGTERM);
    }

    /// What a control plane says over one simulated engine, which takes about 12 ms a token.
    private BufferedReader serving(String drain) throws IOException {
        Path file = Files.writeString(
                directory.resolve("cluster.yaml"),
                "port: 0\nconnections: {drain: " + drain + "}\nengines: [{id: sim, simulated: llama3-8b-a100}]\n");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                        "serve", "--config", file.toString()))
                .redirectErrorStream(true)
                .start();
        started = Optional.of(process);
        return process.inputReader(UTF_8);
    }

    /// By its handle: `Process.destroy` closes what it says, too.
    private void terminate() {
        assertThat(started.orElseThrow().toHandle().destroy()).isTrue();
    }

    private static String urlIn(BufferedReader said) throws IOException {
        var before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("Listening on ")) {
                return line.split(" ", -1)[2];
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("it ended, saying: " + before);
    }

    private Iterator<String> stream(String url, int tokens) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer = ask(url, tokens);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().iterator();
    }

    /// The signal is heard before the server refuses: those that come between are taken, and end.
    private HttpResponse<Stream<String>> awaitRefusal(String url) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer = ask(url, 1);
        while (answer.statusCode() != 503) {
            assertThat(answer.body().toList()).contains("data: [DONE]");
            answer = ask(url, 1);
        }
        return answer;
    }

    private HttpResponse<Stream<String>> ask(String url, int tokens) throws IOException, InterruptedException {
        String body = """
                {"model": "default", "messages": [{"role": "user", "content": "hi"}], "max_tokens": %d, "ignore_eos": true, "stream": true}
                """
                .formatted(tokens);
        return client.send(
                HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofLines());
    }

    private static List<String> linesOf(Iterator<String> stream) {
        var lines = new ArrayList<String>();
        stream.forEachRemaining(line -> {
            if (!line.isEmpty()) {
                lines.add(line);
            }
        });
        return lines;
    }
}
