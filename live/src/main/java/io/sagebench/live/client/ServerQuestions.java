package io.sagebench.live.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Single questions to a server, for finding out what it supports. Each waits for its answer, some seconds at most.
public final class ServerQuestions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpTarget target;
    private final Optional<String> apiKey;
    private final HttpClient http;

    /// @param url    of the server, with a base path or without
    /// @param apiKey sent as bearer token
    /// @param trust  says whom to believe at an https URL; absent for those whom this machine's Java trusts
    public ServerQuestions(URI url, Optional<String> apiKey, Optional<SSLContext> trust) {
        target = HttpTarget.of(url);
        this.apiKey = apiKey;
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        trust.ifPresent(builder::sslContext);
        http = builder.build();
    }

    /// What a server said.
    ///
    /// @param status  of HTTP; 0 when there was no answer
    /// @param body    as text
    /// @param problem why there was no answer; else empty
    public record Said(int status, String body, String problem) {
        /// Whether it did what was asked for.
        public boolean isGood() {
            return status >= OK && status < OK + 100;
        }

        /// The status, or why there is none.
        public String words() {
            return problem.isEmpty() ? "status " + status : problem;
        }
    }

    /// Where an operation is, such as `/health`.
    public URI address(String operation) {
        return URI.create((target.tls() ? "https" : "http") + "://" + target.hostHeader() + target.path(operation));
    }

    /// Asks `GET`.
    public Said get(String operation) {
        return ask(request(operation).GET());
    }

    /// Asks `POST` with JSON.
    public Said post(String operation, String json) {
        return ask(request(operation).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String operation) {
        var request = HttpRequest.newBuilder(address(operation)).timeout(PATIENCE);
        apiKey.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private Said ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Said(answer.statusCode(), answer.body(), "");
        } catch (HttpTimeoutException _) {
            return new Said(0, "", "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (ConnectException _) {
            return new Said(0, "", "no connection");
        } catch (IOException failed) {
            return new Said(0, "", FailureText.of(failed));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Said(0, "", "interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
