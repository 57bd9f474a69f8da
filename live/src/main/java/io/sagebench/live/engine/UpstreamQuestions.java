package io.sagebench.live.engine;

import io.sagebench.request.Check;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/// Asks a server what is not work: its health, its models, its metrics. On connections and threads of its own, so that no answer to a client waits
/// for it. Safe for use by any thread.
final class UpstreamQuestions implements AutoCloseable {
    private static final long MOST_BYTES = 32 << 20;

    private final UpstreamAddress address;
    private final HttpEngineSettings settings;
    private final HttpClient http;

    /// What a server said.
    ///
    /// @param status HTTP status
    /// @param body   as text
    record Said(int status, String body) {
        boolean isGood() {
            return status >= 200 && status < 300;
        }

        /// There is no such thing to ask.
        boolean isMissing() {
            return status == 404 || status == 405 || status == 501;
        }
    }

    UpstreamQuestions(UpstreamAddress address, HttpEngineSettings settings, SSLContext tls) {
        this.address = address;
        this.settings = settings;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeouts().connect())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(tls)
                .build();
    }

    /// Asks for the list of models.
    CompletableFuture<Said> models() {
        return ask(address.endpoint("/models"));
    }

    /// Asks for something below the server's root, for example `/health`.
    CompletableFuture<Said> root(String path) {
        Check.notBlank(path, "path");
        return ask(address.root(path));
    }

    /// Asks for the text of the metrics; fails when there is none.
    CompletableFuture<String> metrics() {
        return root("/metrics").thenApply(said -> {
            if (!said.isGood()) {
                throw new CompletionException(
                        new IOException(address.root("/metrics") + " answered with status " + said.status()));
            }
            return said.body();
        });
    }

    /// Ends all that is under way.
    @Override
    public void close() {
        http.shutdownNow();
    }

    private CompletableFuture<Said> ask(URI what) {
        Duration limit = settings.timeouts().probe();
        var request = HttpRequest.newBuilder(what).timeout(limit);
        settings.headers().forEach(request::setHeader);
        settings.apiKey().ifPresent(key -> request.setHeader("Authorization", key.headerValue()));
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        // the request's own limit ends with the head of the answer
        CompletableFuture<Said> answer = sent.thenApply(response -> new Said(response.statusCode(), response.body()))
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        return answer.whenComplete((_, failure) -> {
            if (failure != null) {
                sent.cancel(true);
            }
        });
    }

    /// Why a question had no answer, for people.
    String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case HttpConnectTimeoutException _ ->
                "no connection within " + settings.timeouts().connect().toMillis() + " ms";
            case HttpTimeoutException _ -> slow();
            case TimeoutException _ -> slow();
            case ConnectException refused -> Optional.ofNullable(refused.getMessage()).orElse("connection refused");
            default -> Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        };
    }

    private String slow() {
        return "no answer within " + settings.timeouts().probe().toMillis() + " ms";
    }
}
