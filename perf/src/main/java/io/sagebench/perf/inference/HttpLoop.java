package io.sagebench.perf.inference;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// The engine behind its port, all requests at once, by a client that reads and looks no further.
final class HttpLoop implements AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI completions;
    private final String model;
    private final boolean streams;

    HttpLoop(URI server, String model, boolean streams) {
        this.completions = server.resolve("/v1/completions");
        this.model = model;
        this.streams = streams;
    }

    void run(int[][] prompts, int outputTokens) {
        List<CompletableFuture<Integer>> answers = Arrays.stream(prompts)
                .map(prompt -> client.sendAsync(request(prompt, outputTokens), BodyHandlers.ofInputStream())
                        .thenApplyAsync(answer -> {
                            if (answer.statusCode() != 200) {
                                throw new IllegalStateException("status " + answer.statusCode());
                            }
                            return length(answer.body());
                        }))
                .toList();
        answers.forEach(CompletableFuture::join);
    }

    private HttpRequest request(int[] prompt, int outputTokens) {
        String tokens = Arrays.stream(prompt).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        String body = "{\"model\": \"%s\", \"prompt\": %s, \"max_tokens\": %d, \"ignore_eos\": true, \"temperature\": 0, \"stream\": %s}"
                .formatted(model, tokens, outputTokens, streams);
        return HttpRequest.newBuilder(completions)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static int length(InputStream body) {
        try (var in = new BufferedInputStream(body)) {
            int length = 0;
            var bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                length += read;
            }
            return length;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
