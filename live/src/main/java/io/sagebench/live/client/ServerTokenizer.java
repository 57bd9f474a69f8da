package io.sagebench.live.client;

import io.sagebench.request.Tokenizer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server's own tokenizer, behind `POST /tokenize` as vLLM and SGLang have it. Each question waits for its answer, a few seconds at most: not for a
/// timeline or an event loop. Safe for use by several threads.
public final class ServerTokenizer implements Tokenizer, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI at;
    private final Optional<String> model;
    private final Optional<String> apiKey;
    private final HttpClient http;

    /// @param url    of the server, with a base path or without
    /// @param model  to name; absent when the server has one only
    /// @param apiKey sent as bearer token
    /// @param trust  says whom to believe at an https URL; absent for those whom this machine's Java trusts
    public ServerTokenizer(URI url, Optional<String> model, Optional<String> apiKey, Optional<SSLContext> trust) {
        HttpTarget target = HttpTarget.of(url);
        at = URI.create((target.tls() ? "https" : "http") + "://" + target.hostHeader() + target.path("/tokenize"));
        this.model = model;
        this.apiKey = apiKey;
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        trust.ifPresent(builder::sslContext);
        http = builder.build();
    }

    @Override
    public String name() {
        return at.toString();
    }

    /// How many tokens the server makes of a prompt, with what the model wants around every text; absent when it does not say.
    public OptionalInt countPrompt(String text) {
        return count(ask(Map.of("prompt", text)));
    }

    /// How many tokens the server makes of a chat with one message of a user's, with all that its chat template adds; absent when it does not say.
    public OptionalInt countChat(String text) {
        return count(ask(Map.of("messages", List.of(Map.of("role", "user", "content", text)))));
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalStateException when the server does not say
    @Override
    public int[] encode(String text) {
        JsonNode tokens = ask(Map.of("prompt", text, "add_special_tokens", false))
                .map(answer -> answer.path("tokens"))
                .orElseThrow(() -> new IllegalStateException(at + " did not answer"));
        return tokens.valueStream().mapToInt(token -> token.asInt(0)).toArray();
    }

    /// {@inheritDoc}
    ///
    /// @throws UnsupportedOperationException always: the server is not asked for this
    @Override
    public String decode(int[] tokens) {
        throw new UnsupportedOperationException("a server's tokenizer only counts");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static OptionalInt count(Optional<JsonNode> answer) {
        if (answer.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode count = answer.get().path("count");
        if (count.isIntegralNumber() && count.canConvertToInt()) {
            return OptionalInt.of(count.intValue());
        }
        JsonNode tokens = answer.get().path("tokens");
        return tokens.isArray() ? OptionalInt.of(tokens.size()) : OptionalInt.empty();
    }

    private Optional<JsonNode> ask(Map<String, Object> what) {
        var body = new LinkedHashMap<>(what);
        model.ifPresent(name -> body.put("model", name));
        var request = HttpRequest.newBuilder(at)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.of(JsonMapper.shared().readTree(answer.body()))
                    : Optional.empty();
        } catch (IOException | JacksonException _) {
            return Optional.empty(); // most servers have no such thing, and say so in many ways
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
