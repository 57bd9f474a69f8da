package io.sagebench.live.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an inference server says of itself.
///
/// @param models      names of its models, at least one
/// @param maxModelLen the most tokens of a request to the first of them (`max_model_len`); absent when it does not say
/// @param kvBlocks    blocks of its KV cache (`num_gpu_blocks` of `vllm:cache_config_info`); absent when it does not say
/// @param blockSize   tokens of one; absent when it does not say
public record EngineFacts(List<String> models, OptionalInt maxModelLen, OptionalInt kvBlocks, OptionalInt blockSize) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final Pattern CACHE = Pattern.compile("(?m)^[a-z]+:cache_config_info\\{([^}]*)}");

    public EngineFacts {
        models = List.copyOf(models);
    }

    /// Asks a server that this machine's Java trusts, or that has no TLS.
    public static EngineFacts ask(URI url, Optional<String> apiKey) throws IOException {
        return ask(url, apiKey, Optional.empty());
    }

    /// Asks `GET /v1/models` and `GET /metrics`. Blocks; not for a timeline.
    ///
    /// @param trust says whom to believe at an https URL; absent for those whom this machine's Java trusts
    /// @throws IOException when the server does not tell its models; the message says what to do
    public static EngineFacts ask(URI url, Optional<String> apiKey, Optional<SSLContext> trust) throws IOException {
        HttpTarget target = HttpTarget.of(url);
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        trust.ifPresent(builder::sslContext);
        try (var http = builder.build()) {
            HttpResponse<String> models = get(http, target, "/v1/models", apiKey);
            if (models.statusCode() != OK) {
                throw new IOException(url + "/v1/models answered with status " + models.statusCode()
                        + (models.statusCode() == 401 ? ": give the API key it wants" : ", where a list of models was expected"));
            }
            Optional<String> metrics = metrics(http, target, apiKey);
            return read(url, models.body(), metrics.orElse(""));
        }
    }

    private static Optional<String> metrics(HttpClient http, HttpTarget target, Optional<String> apiKey) {
        try {
            HttpResponse<String> metrics = get(http, target, "/metrics", apiKey);
            return metrics.statusCode() == OK ? Optional.of(metrics.body()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // many servers have no metrics: then they say nothing of their cache
        }
    }

    private static HttpResponse<String> get(HttpClient http, HttpTarget target, String path, Optional<String> apiKey)
            throws IOException {
        String scheme = target.tls() ? "https" : "http";
        var request = HttpRequest.newBuilder(URI.create(scheme + "://" + target.hostHeader() + target.path(path))).timeout(PATIENCE);
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IOException("no server answers at " + scheme + "://" + target.hostHeader() + " (" + FailureText.of(failed)
                    + "): start it, or correct the URL", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    static EngineFacts read(URI url, String modelsJson, String metrics) throws IOException {
        var names = new ArrayList<String>();
        OptionalInt longest = OptionalInt.empty();
        try {
            for (JsonNode model : JsonMapper.shared().readTree(modelsJson).path("data")) {
                model.path("id").stringValueOpt().filter(name -> !name.isBlank()).ifPresent(names::add);
                JsonNode length = model.path("max_model_len");
                if (names.size() == 1 && length.canConvertToInt() && length.intValue() > 0) {
                    longest = OptionalInt.of(length.intValue());
                }
            }
        } catch (JacksonException malformed) {
            throw new IOException(url + "/v1/models did not answer with JSON", malformed);
        }
        if (names.isEmpty()) {
            throw new IOException(url + "/v1/models lists no models: load one into that server");
        }
        Matcher cache = CACHE.matcher(metrics);
        String labels = cache.find() ? cache.group(1) : "";
        return new EngineFacts(names, longest, label(labels, "num_gpu_blocks"), label(labels, "block_size"));
    }

    private static OptionalInt label(String labels, String name) {
        Matcher value = Pattern.compile("(?:^|,)" + name + "=\"([1-9]\\d{0,8})\"").matcher(labels);
        return value.find() ? OptionalInt.of(Integer.parseInt(value.group(1))) : OptionalInt.empty();
    }
}
