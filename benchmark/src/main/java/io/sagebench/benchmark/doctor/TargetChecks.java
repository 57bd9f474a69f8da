package io.sagebench.benchmark.doctor;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.live.client.ServerQuestions;
import io.sagebench.live.client.ServerQuestions.Said;
import io.sagebench.live.client.ServerTokenizer;
import io.sagebench.live.engine.metrics.PrometheusText;
import io.sagebench.live.engine.metrics.PrometheusText.Page;
import io.sagebench.live.engine.metrics.ReportedPage;
import io.sagebench.live.engine.metrics.ServerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server supports, found out by asking.
final class TargetChecks implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int MOST_MODELS_NAMED = 5;

    private final Doctor.Patient patient;
    private final ServerQuestions server;

    TargetChecks(Doctor.Patient patient) {
        this.patient = patient;
        server = new ServerQuestions(patient.url(), patient.apiKey().map(ApiKey::reveal), patient.trust());
    }

    /// One after the other; a server that is not there is asked once.
    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        Said health = server.get("/health");
        if (health.status() == 0) {
            return List.of(Finding.fail("target", patient.url() + ": " + health.problem(), "start it, or correct the URL"));
        }
        findings.add(health.isGood()
                ? Finding.ok("health", patient.url() + " answers")
                : Finding.fail("health", "/health: " + health.words(), needsKey(health)
                        ? "give --api-key or SAGE_API_KEY" : "without it 'run' does not begin, but for --continue-on-error"));
        Said models = server.get("/v1/models");
        List<String> names = names(models.body());
        findings.add(models.isGood() && !names.isEmpty()
                ? Finding.ok("models", named(names))
                : Finding.warn("models", "/v1/models: " + (models.isGood() ? "names none" : models.words()), "name models with --models"));
        findings.add(switching());
        names.stream().findFirst().ifPresent(model -> findings.add(streaming(model)));
        findings.add(tokenize(names));
        findings.add(metrics());
        return findings;
    }

    private static boolean needsKey(Said said) {
        return said.status() == UNAUTHORIZED || said.status() == FORBIDDEN;
    }

    private static String named(List<String> names) {
        return names.size() <= MOST_MODELS_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_MODELS_NAMED)) + " and " + (names.size() - MOST_MODELS_NAMED) + " more";
    }

    private static List<String> names(String body) {
        try {
            var names = new ArrayList<String>();
            JsonMapper.shared().readTree(body).path("data").forEach(model -> model.path("id").stringValueOpt().ifPresent(names::add));
            return names;
        } catch (JacksonException _) {
            return List.of();
        }
    }

    /// By GET, which switches nothing: where the endpoint exists, another method is asked for.
    private Finding switching() {
        Said said = server.get("/admin/set_policy");
        if (said.status() == NOT_ALLOWED || said.isGood()) {
            return Finding.ok("policy switch", "/admin/set_policy is there; nothing was switched");
        }
        return needsKey(said)
                ? Finding.warn("policy switch", "/admin/set_policy: " + said.words(), "give --api-key or SAGE_API_KEY")
                : Finding.warn("policy switch", said.status() == NOT_FOUND ? "there is no /admin/set_policy" : "/admin/set_policy: " + said.words(),
                        "an engine rather than a control plane? Put one in front: 'sage-bench serve --engines " + patient.url()
                                + "', or measure it with 'sage-bench engine run'");
    }

    private Finding streaming(String model) {
        String body = JsonMapper.shared().writeValueAsString(Map.of(
                "model", model,
                "messages", List.of(Map.of("role", "user", "content", "Say hi.")),
                "max_tokens", 1,
                "stream", true,
                "stream_options", Map.of("include_usage", true)));
        Said said = server.post("/v1/chat/completions", body);
        if (!said.isGood()) {
            return Finding.warn("streaming", "/v1/chat/completions with " + model + ": " + said.words(),
                    "fine for a model that only embeds; else look at the server's log");
        }
        if (!said.body().contains("data:")) {
            return Finding.warn("streaming", "the answer is no stream", "use --no-streaming; then there is no TTFT");
        }
        return told(said.body())
                ? Finding.ok("streaming", "streams, and counts its tokens (usage)")
                : Finding.warn("streaming", "streams, but does not count its tokens", "give --tokenizer FILE to have them counted here");
    }

    private static boolean told(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data:") && line.contains("usage"))
                .anyMatch(line -> {
                    try {
                        JsonNode usage = JsonMapper.shared().readTree(line.substring("data:".length())).path("usage");
                        return usage.path("completion_tokens").isNumber();
                    } catch (JacksonException _) {
                        return false;
                    }
                });
    }

    private Finding tokenize(List<String> models) {
        try (var tokenizer = new ServerTokenizer(
                patient.url(), models.stream().findFirst(), patient.apiKey().map(ApiKey::reveal), patient.trust())) {
            var counted = tokenizer.countPrompt("Say hi.");
            return counted.isPresent()
                    ? Finding.ok("/tokenize", "counts tokens, so that prompts have exact lengths")
                    : Finding.warn("/tokenize", "not there", "give --tokenizer FILE for prompts of exact length");
        }
    }

    private Finding metrics() {
        Said page = server.get("/metrics");
        if (!page.isGood()) {
            return Finding.warn("metrics page", "/metrics: " + page.words(), "load and KV cache of the engine stay unknown");
        }
        return switch (PrometheusText.read(page.body(), ServerKind::mayKnow)) {
            case Page.Malformed(String reason) -> Finding.warn("metrics page", "/metrics cannot be read: " + reason, "");
            case Page.Read(var samples) -> ReportedPage.of(samples)
                    .map(said -> Finding.ok("metrics page", "of " + said.kind().wireName() + ": watch it with --scrape " + server.address("/metrics")))
                    .orElseGet(() -> Finding.ok("metrics page", "there, with no names of an engine that is known"));
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
