package io.sagebench.live.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The administration side of a control plane: health, policy, metrics. Its methods wait for the answer, each a few seconds at most; not
/// for use on a timeline. Safe for use by several threads.
public final class ControlPlaneAdmin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI url;
    private final HttpTarget target;
    private final Optional<String> apiKey;
    private final HttpClient http;

    /// @param url    of the control plane, with a base path or without
    /// @param apiKey sent as bearer token
    public ControlPlaneAdmin(URI url, Optional<String> apiKey) {
        this(url, apiKey, Optional.empty());
    }

    /// @param url    of the control plane, with a base path or without
    /// @param apiKey sent as bearer token
    /// @param trust  says whom to believe at an https URL; absent for those whom this machine's Java trusts
    public ControlPlaneAdmin(URI url, Optional<String> apiKey, Optional<SSLContext> trust) {
        this.url = url;
        this.apiKey = apiKey;
        target = HttpTarget.of(url);
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        trust.ifPresent(builder::sslContext);
        http = builder.build();
    }

    /// Asks `GET /health`.
    public HealthAnswer health() {
        try {
            HttpResponse<String> answer = ask(request("/health").GET());
            String said = ErrorMessage.shortened(answer.body());
            return isSuccess(answer)
                    ? new HealthAnswer(true, true, said)
                    : new HealthAnswer(true, false, answer.statusCode() + ": " + errorOf(answer));
        } catch (IOException failed) {
            return new HealthAnswer(false, false, reason(failed));
        }
    }

    /// Asks for another policy with `POST /admin/set_policy`.
    public PolicyAnswer setPolicy(String name) {
        return setPolicy(name, Map.of());
    }

    /// The same with parameters, as `params`: where there are any, since not every control plane knows of them.
    public PolicyAnswer setPolicy(String name, Map<String, String> parameters) {
        var wish = new LinkedHashMap<String, Object>();
        wish.put("policy", name);
        if (!parameters.isEmpty()) {
            wish.put("params", parameters);
        }
        String body = JsonMapper.shared().writeValueAsString(wish);
        try {
            HttpResponse<String> answer = ask(request("/admin/set_policy")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            return isSuccess(answer)
                    ? active(answer.body())
                    : new PolicyAnswer.Refused(answer.statusCode(), errorOf(answer));
        } catch (IOException failed) {
            return new PolicyAnswer.Unreachable(reason(failed));
        }
    }

    /// The JSON text of `GET /admin/metrics`; absent when the server has none.
    public Optional<String> metrics() {
        try {
            HttpResponse<String> answer = ask(request("/admin/metrics").GET());
            return isSuccess(answer) ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // many control planes have no such thing, and say so in many ways
        }
    }

    /// The JSON text of `GET /dashboard/now`, which only a control plane of ours has; absent when the server has none.
    ///
    /// @throws IOException when it does not answer
    public Optional<String> now() throws IOException {
        HttpResponse<String> answer = ask(request("/dashboard/now").GET());
        return isSuccess(answer) ? Optional.of(answer.body()) : Optional.empty();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String operation) {
        String scheme = target.tls() ? "https" : "http";
        var request = HttpRequest.newBuilder(URI.create(scheme + "://" + target.hostHeader() + target.path(operation)))
                .timeout(PATIENCE);
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private String reason(IOException failed) {
        return switch (failed) {
            case HttpTimeoutException _ -> url + " did not answer within " + PATIENCE.toSeconds() + " s";
            case ConnectException _ -> "no connection to " + url;
            case SSLHandshakeException _ ->
                url + " is not trusted: " + FailureText.of(failed) + " (if its authority is your own, name it with --ca-file PEM)";
            default -> url + ": " + FailureText.of(failed);
        };
    }

    private static PolicyAnswer.Active active(String body) {
        try {
            JsonNode said = JsonMapper.shared().readTree(body);
            JsonNode epoch = said.path("epoch");
            return new PolicyAnswer.Active(
                    epoch.canConvertToLong() ? OptionalLong.of(epoch.longValue()) : OptionalLong.empty(),
                    said.path("degraded").stringValueOpt());
        } catch (JacksonException _) {
            return new PolicyAnswer.Active(OptionalLong.empty()); // any success will do: not every control plane answers in JSON
        }
    }

    private static boolean isSuccess(HttpResponse<?> answer) {
        return answer.statusCode() >= 200 && answer.statusCode() < 300;
    }

    private static String errorOf(HttpResponse<String> answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        return ErrorMessage.of(body, 0, body.length);
    }
}
