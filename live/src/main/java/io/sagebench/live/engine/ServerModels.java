package io.sagebench.live.engine;

import io.sagebench.engine.ServedModels;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server says of its models.
///
/// @param models        their names
/// @param contextTokens the smallest `max_model_len` among them, which vLLM tells
record ServerModels(ServedModels models, OptionalInt contextTokens) {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Asks the server. Blocks.
    ///
    /// @throws IOException when it cannot be reached or does not answer as it should; the message names the URL and what to do
    static ServerModels ask(UpstreamAddress address, HttpEngineSettings settings, SSLContext tls) throws IOException {
        var request = HttpRequest.newBuilder(address.endpoint("/models")).timeout(ANSWER_TIMEOUT);
        settings.apiKey().ifPresent(key -> request.header("Authorization", key.headerValue()));
        HttpResponse<byte[]> answer;
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .sslContext(tls)
                .build()) {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException unreachable) {
            String reason = unreachable.getMessage() == null ? "connection refused" : unreachable.getMessage();
            throw new IOException(
                    "no server answers at " + address.url() + " (" + reason + "): start it, or correct the URL", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address.url() + " for its models", interrupted);
        }
        if (answer.statusCode() != 200) {
            throw new IOException(address.endpoint("/models") + " answered with status " + answer.statusCode()
                    + (answer.statusCode() == 401 ? ": give the API key it wants" : ", where a list of models was expected"));
        }
        return read(address, settings, answer.body());
    }

    private static ServerModels read(UpstreamAddress address, HttpEngineSettings settings, byte[] body) throws IOException {
        var names = new TreeSet<String>();
        var contextTokens = OptionalInt.empty();
        try {
            for (JsonNode model : JSON.readTree(body).path("data")) {
                model.path("id").stringValueOpt().filter(name -> !name.isBlank()).ifPresent(names::add);
                JsonNode length = model.path("max_model_len");
                if (length.canConvertToInt() && length.intValue() > 0) {
                    contextTokens = OptionalInt.of(Math.min(contextTokens.orElse(Integer.MAX_VALUE), length.intValue()));
                }
            }
        } catch (JacksonException malformed) {
            throw new IOException(address.endpoint("/models") + " did not answer with JSON", malformed);
        }
        if (names.isEmpty()) {
            throw new IOException(address.endpoint("/models") + " lists no models: load one into that server");
        }
        return new ServerModels(new ServedModels(names, settings.answers().types()), contextTokens);
    }
}
