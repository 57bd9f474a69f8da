package io.sagebench.report.formats;

import io.sagebench.report.RawResults;
import io.sagebench.report.definitions.ToolFigures;
import io.sagebench.report.definitions.Tools;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.results.StoredRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What GuideLLM writes as `benchmarks.json`, metadata version 2: a benchmark for each policy, its figures by its definitions. Requests are listed up to
/// 10,000 a policy. What we do not measure (words, images, its own workers) is null.
final class GuidellmFile {
    private static final double MILLIS = 1e3;
    private static final List<String> DISTRIBUTIONS = List.of(
            "requests_per_second", "request_concurrency", "request_latency", "request_streaming_iterations_count", "prompt_token_count",
            "output_token_count", "total_token_count", "time_to_first_token_ms", "time_to_first_output_token_ms",
            "time_per_output_token_ms", "inter_token_latency_ms", "prompt_tokens_per_second", "output_tokens_per_second",
            "tokens_per_second", "output_tokens_per_iteration", "iter_tokens_per_iteration");

    private final ResultsFile file;
    private final String policy;
    private final ToolFigures figures = new ToolFigures(Tools.named("guidellm").orElseThrow());
    private final Map<String, GuidellmDistribution> distributions = new LinkedHashMap<>();
    private final ArrayNode successful = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode errored = JsonNodeFactory.instance.arrayNode();
    private double begin = Double.POSITIVE_INFINITY;
    private double end = Double.NEGATIVE_INFINITY;
    private double latencySeconds;
    private double startDelaySeconds;

    private GuidellmFile(ResultsFile file, String policy) {
        this.file = file;
        this.policy = policy;
        DISTRIBUTIONS.forEach(name -> distributions.put(name, new GuidellmDistribution()));
    }

    static ObjectNode of(ResultsFile file) throws Unusable {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("metadata")
                .put("version", 2)
                .putNull("guidellm_version")
                .putNull("python_version")
                .put("platform", file.tree().path("run").path("host").path("os").asString(""));
        json.set("config", file.tree().path("config"));
        ArrayNode benchmarks = json.putArray("benchmarks");
        int index = 0;
        for (String policy : file.policies()) {
            var one = new GuidellmFile(file, policy);
            file.requests(policy, one::take);
            benchmarks.add(one.benchmark(index++));
        }
        return json;
    }

    private void take(StoredRequest request) {
        figures.take(request);
        double sent = seconds(request, request.sent().orElse(request.intended()));
        double ended = seconds(request, request.ended());
        begin = Math.min(begin, sent);
        end = Math.max(end, ended);
        startDelaySeconds += sent - seconds(request, request.intended());
        boolean good = request.success();
        int n = request.outputTokens();
        add("request_latency", good, ended - sent, 1);
        add("prompt_token_count", good, request.promptTokens(), 1);
        if (good) {
            latencySeconds += ended - sent;
            add("output_token_count", true, n, 1);
            add("total_token_count", true, request.promptTokens() + (double) n, 1);
            add("request_streaming_iterations_count", true, request.content().size(), 1);
            add("time_to_first_token_ms", true, firstTokenMillis(request).orElse(0), 1);
            add("time_to_first_output_token_ms", true, firstTokenMillis(request).orElse(0), 1);
            perToken(request).ifPresent(millis -> add("time_per_output_token_ms", true, millis, n));
            betweenTokens(request).ifPresent(millis -> add("inter_token_latency_ms", true, millis, n));
            if (!request.content().isEmpty()) {
                add("output_tokens_per_iteration", true, (double) n / request.content().size(), 1);
                add("iter_tokens_per_iteration", true, iterTokens(request), 1);
            }
        }
        ArrayNode list = good ? successful : errored;
        if (list.size() < RawResults.MOST_INLINE) {
            list.add(request(request));
        }
    }

    private void add(String figure, boolean good, double value, double weight) {
        GuidellmDistribution known = distributions.get(figure);
        if (known != null) {
            known.add(good, value, weight);
        }
    }

    private ObjectNode benchmark(int index) {
        double window = end >= begin ? end - begin : 0;
        double outputs = figures.outputTokens();
        double inputs = figures.inputTokens();
        if (window > 0) {
            add("requests_per_second", true, figures.completed() / window, 1);
            add("request_concurrency", true, latencySeconds / window, 1);
            add("prompt_tokens_per_second", true, inputs / window, 1);
            add("output_tokens_per_second", true, outputs / window, 1);
            add("tokens_per_second", true, (inputs + outputs) / window, 1);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type_", "generative_benchmark");
        json.set("config", config(index));
        json.set("scheduler_state", state());
        json.set("scheduler_metrics", schedulerMetrics());
        json.set("metrics", metrics());
        ObjectNode requests = json.putObject("requests");
        requests.set("successful", successful);
        requests.putArray("incomplete");
        requests.set("errored", errored);
        return json.put("start_time", RunFigures.finite(begin))
                .put("end_time", RunFigures.finite(end))
                .put("duration", window)
                .put("warmup_duration", 0.0)
                .put("cooldown_duration", 0.0);
    }

    private ObjectNode config(int index) {
        JsonNode run = file.tree().path("run");
        JsonNode settings = file.tree().path("config");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id_", run.path("id").asString("") + "-" + policy).put("run_id", run.path("id").asString("")).put("run_index", index);
        ObjectNode strategy = json.putObject("strategy");
        String rate = SaveFormat.rate(file);
        strategy.put("type_", rate.equals("inf") ? "throughput" : settings.path("arrival_pattern").asString("poisson"))
                .put("worker_count", 1);
        strategy.set("max_concurrency", settings.path("concurrency").isNumber() ? settings.path("concurrency") : json.nullNode());
        if (!rate.equals("inf")) {
            strategy.put("rate", Double.parseDouble(rate));
        }
        json.putObject("constraints").put("max_requests", figures.completed() + figures.failed());
        json.put("sample_size", successful.size() + errored.size());
        json.putNull("warmup");
        json.putNull("cooldown");
        json.put("prefer_response_metrics", true);
        json.putObject("profile").put("type_", strategy.path("type_").asString(""));
        json.set("requests", settings);
        json.putObject("backend")
                .put("type_", "openai_http")
                .put("target", file.tree().path("target").path("url").asString(file.tree().path("target").path("kind").asString("")))
                .put("policy", policy);
        json.putObject("environment");
        return json;
    }

    private ObjectNode state() {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("node_id", 0)
                .put("num_processes", 1)
                .put("start_time", RunFigures.finite(begin))
                .put("end_time", RunFigures.finite(end))
                .put("start_requests_time", RunFigures.finite(begin))
                .put("end_requests_time", RunFigures.finite(end))
                .putNull("end_queuing_time");
        json.putObject("end_queuing_constraints");
        json.putNull("end_processing_time");
        json.putObject("end_processing_constraints");
        json.putObject("scheduler_constraints");
        long total = figures.completed() + figures.failed();
        json.putObject("progress")
                .put("remaining_requests", 0)
                .put("total_requests", total)
                .putNull("remaining_duration")
                .putNull("total_duration")
                .put("stop_time", RunFigures.finite(end));
        return json.put("created_requests", total)
                .put("queued_requests", 0)
                .put("pending_requests", 0)
                .put("processing_requests", 0)
                .put("processed_requests", total)
                .put("successful_requests", figures.completed())
                .put("errored_requests", figures.failed())
                .put("cancelled_requests", 0);
    }

    private ObjectNode schedulerMetrics() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : new String[] {"start_time", "request_start_time", "measure_start_time"}) {
            json.put(name, RunFigures.finite(begin));
        }
        for (String name : new String[] {"measure_end_time", "request_end_time", "end_time"}) {
            json.put(name, RunFigures.finite(end));
        }
        json.set("requests_made", totals());
        long total = figures.completed() + figures.failed();
        Double delay = total == 0 ? null : startDelaySeconds / total;
        json.putNull("queued_time_avg").putNull("resolve_start_delay_avg").putNull("resolve_targeted_start_delay_avg");
        json.putNull("request_start_delay_avg").put("request_targeted_start_delay_avg", delay);
        json.put("request_time_avg", figures.completed() == 0 ? null : (Double) (latencySeconds / figures.completed()));
        return json.putNull("resolve_end_delay_avg")
                .putNull("resolve_time_avg")
                .putNull("finalized_delay_avg")
                .putNull("processed_delay_avg");
    }

    private ObjectNode totals() {
        return JsonNodeFactory.instance.objectNode()
                .put("successful", figures.completed())
                .put("errored", figures.failed())
                .put("incomplete", 0)
                .put("total", figures.completed() + figures.failed());
    }

    private ObjectNode metrics() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("request_totals", totals());
        distributions.forEach((name, distribution) -> json.set(name, distribution.json()));
        nulls(json.putObject("text"), "tokens", "words", "characters");
        nulls(json.putObject("image"), "tokens", "images", "pixels", "bytes");
        nulls(json.putObject("video"), "tokens", "frames", "seconds", "bytes");
        nulls(json.putObject("audio"), "tokens", "samples", "seconds", "bytes");
        nulls(json.putObject("tool_call"), "tokens", "mixed_tokens", "count");
        return json;
    }

    private static void nulls(ObjectNode json, String... names) {
        for (String name : names) {
            json.putNull(name);
        }
    }

    private static ObjectNode request(StoredRequest request) {
        int n = request.outputTokens();
        double sent = seconds(request, request.sent().orElse(request.intended()));
        double ended = seconds(request, request.ended());
        double latency = ended - sent;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type_", "generative_request_stats").put("request_id", request.id()).putNull("response_id");
        nulls(json, "request_args", "output", "reasoning_output", "tool_calls");
        json.set("info", info(request));
        json.putObject("input_metrics")
                .put("text_tokens", request.promptTokens())
                .put("cached_tokens", request.cachedTokens().isPresent() ? (Integer) request.cachedTokens().getAsInt() : null);
        json.putObject("output_metrics").put("text_tokens", n);
        json.put("request_start_time", sent)
                .put("request_end_time", ended)
                .put("request_latency", latency)
                .put("prompt_tokens", request.promptTokens())
                .put("cached_tokens", request.cachedTokens().isPresent() ? (Integer) request.cachedTokens().getAsInt() : null)
                .put("output_tokens", n)
                .put("total_tokens", request.promptTokens() + n)
                .put("time_to_first_token_ms", boxed(firstTokenMillis(request)))
                .put("time_to_first_output_token_ms", boxed(firstTokenMillis(request)))
                .put("time_per_output_token_ms", boxed(perToken(request)))
                .put("inter_token_latency_ms", boxed(betweenTokens(request)))
                .put("tokens_per_second", latency > 0 ? (Double) ((request.promptTokens() + n) / latency) : null)
                .put("output_tokens_per_second", latency > 0 ? (Double) (n / latency) : null)
                .put("iter_tokens_per_iteration", request.content().size() > 1 ? (Double) iterTokens(request) : null);
        return json.put(
                "output_tokens_per_iteration",
                request.content().isEmpty() ? null : (Double) ((double) n / request.content().size()));
    }

    private static ObjectNode info(StoredRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("request_id", request.id());
        nulls(json, "conversation_id", "history_len", "turn_index", "node_id", "agent_id", "parent_node_ids");
        json.put("status", request.success() ? "completed" : "errored").put("scheduler_node_id", 0).put("scheduler_process_id", 0);
        json.put("scheduler_start_time", request.windowStart());
        json.putObject("settings").put("relative_timestamp", request.intended() / MILLIS).putNull("requeue_delay");
        json.put("error", request.error().orElse(null)).putNull("traceback");
        double sent = seconds(request, request.sent().orElse(request.intended()));
        double ended = seconds(request, request.ended());
        json.put("started_at", sent).put("completed_at", ended);
        ObjectNode timings = json.putObject("timings");
        timings.put("targeted_start", seconds(request, request.intended()));
        nulls(timings, "queued", "dequeued", "scheduled_at", "resolve_start");
        timings.put("request_start", sent);
        timings.put("first_request_iteration", at(request, request.firstChunk()));
        OptionalDouble first = request.content().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(request.content().getFirst());
        timings.put("first_token_iteration", at(request, first));
        timings.put("first_output_token_iteration", at(request, first));
        timings.put("last_token_iteration", at(request, request.lastContent()));
        timings.put("last_request_iteration", at(request, request.lastChunk()));
        timings.put("request_iterations", request.content().size()).put("token_iterations", request.content().size());
        timings.put("request_end", ended).putNull("resolve_end").putNull("finalized");
        return json;
    }

    private static @Nullable Double at(StoredRequest request, OptionalDouble millis) {
        return millis.isPresent() ? (Double) seconds(request, millis.getAsDouble()) : null;
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private static double seconds(StoredRequest request, double millis) {
        return request.windowStart() + millis / MILLIS;
    }

    private static OptionalDouble firstTokenMillis(StoredRequest request) {
        return request.content().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(request.content().getFirst() - request.sent().orElse(request.intended()));
    }

    private static OptionalDouble perToken(StoredRequest request) {
        int n = request.outputTokens();
        return n == 0 || request.lastContent().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((request.lastContent().getAsDouble() - request.sent().orElse(request.intended())) / n);
    }

    private static OptionalDouble betweenTokens(StoredRequest request) {
        int n = request.outputTokens();
        return n < 2 || request.content().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((request.content().getLast() - request.content().getFirst()) / (n - 1));
    }

    private static double iterTokens(StoredRequest request) {
        return (request.outputTokens() - 1.0) / Math.max(1, request.content().size() - 1);
    }
}
