package io.sagebench.live.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a server how many tokens a text has, at `POST /tokenize` as vLLM, SGLang and our own engines answer it. Blocks; not for a timeline.
public final class ServerTokens implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI question;
    private final String model;
    private final Optional<String> apiKey;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    /// @param url    of the server, with a base path or without
    /// @param apiKey sent as a bearer token
    public ServerTokens(URI url, String model, Optional<String> apiKey) {
        HttpTarget target = HttpTarget.of(url);
        this.question = URI.create((target.tls() ? "https://" : "http://") + target.hostHeader() + target.path("/tokenize"));
        this.model = model;
        this.apiKey = apiKey;
    }

    /// Tokens of a text as a prompt, with those that the server puts around it; absent when it does not tell.
    public OptionalInt count(String text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("prompt", text);
        var request = HttpRequest.newBuilder(question)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() == OK ? read(answer.body()) : OptionalInt.empty();
        } catch (IOException _) {
            return OptionalInt.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /// The `count` of an answer, else the number of its `tokens`.
    static OptionalInt read(String body) {
        try {
            JsonNode answer = JsonMapper.shared().readTree(body);
            JsonNode count = answer.path("count");
            if (count.canConvertToInt()) {
                return OptionalInt.of(count.intValue());
            }
            return answer.path("tokens").isArray() ? OptionalInt.of(answer.path("tokens").size()) : OptionalInt.empty();
        } catch (JacksonException _) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
