package io.sagebench.report.formats;

import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `sglang.bench_serving --output-file` with `--output-details` writes on a line, but for the texts; its figures by its definitions.
final class SglangFile {
    private SglangFile() {}

    static ObjectNode of(ResultsFile file, String policy) throws Unusable {
        RunFigures run = RunFigures.of(file, policy, "sglang");
        var figures = run.figures;
        JsonNode config = file.tree().path("config");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("tag", policy).put("backend", "sglang-oai-chat").put("dataset_name", "random");
        String rate = SaveFormat.rate(file);
        if (config.path("arrival_pattern").asString("").equals("trace")) {
            json.put("request_rate", "trace");
        } else if (rate.equals("inf")) {
            json.put("request_rate", "inf"); // theirs is a bare Infinity, which is no JSON
        } else {
            json.put("request_rate", Double.parseDouble(rate));
        }
        json.set("max_concurrency", config.path("concurrency").isNumber() ? config.path("concurrency") : json.nullNode());
        json.putNull("sharegpt_output_len");
        json.set("random_input_len", config.path("prompt_len_range").path(1).deepCopy());
        json.set("random_output_len", config.path("output_len_range").path(1).deepCopy());
        if (!config.path("prompt_len_range").path(1).isNumber()) {
            json.putNull("random_input_len");
            json.putNull("random_output_len");
        }
        json.put("random_range_ratio", ratio(config.path("prompt_len_range")));
        json.putNull("server_info");
        json.put("duration", RunFigures.finite(figures.figures().windowSeconds()))
                .put("completed", figures.completed())
                .put("total_input_tokens", figures.inputTokens())
                .put("total_input_text_tokens", figures.inputTokens())
                .put("total_input_vision_tokens", 0)
                .put("total_output_tokens", figures.outputTokens())
                .put("total_output_tokens_retokenized", figures.outputTokens())
                .put("request_throughput", RunFigures.finite(figures.requestsPerSecond()))
                .put("input_throughput", RunFigures.finite(run.perSecond((double) figures.inputTokens())))
                .put("output_throughput", RunFigures.finite(figures.outputTokensPerSecond()))
                .put("total_throughput", RunFigures.finite(run.perSecond(figures.inputTokens() + (double) figures.outputTokens())));
        for (String figure : new String[] {"e2e_latency", "ttft", "tpot", "itl"}) {
            run.summary(json, figure, figure, 90, 95, 99);
        }
        json.put("concurrency", RunFigures.finite(run.concurrency()))
                .putNull("accept_length")
                .put("max_output_tokens_per_s", (double) run.mostPiecesPerSecond())
                .put("max_concurrent_requests", run.mostAtOnce());
        run.details.put(json, false);
        run.details.putCached(json);
        return json;
    }

    private static double ratio(JsonNode range) {
        return range.path(1).asDouble(0) > 0 ? range.path(0).asDouble(0) / range.path(1).asDouble() : 0;
    }
}
