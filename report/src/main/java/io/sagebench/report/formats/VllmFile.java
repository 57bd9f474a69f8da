package io.sagebench.report.formats;

import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `vllm bench serve --save-result` writes, with `--save-detailed` but for the texts: the same keys in the same order, its figures by its definitions.
final class VllmFile {
    private VllmFile() {}

    static ObjectNode of(ResultsFile file, String policy) throws Unusable {
        RunFigures run = RunFigures.of(file, policy, "vllm");
        var figures = run.figures;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("date", SaveFormat.date(file))
                .put("endpoint_type", "openai-chat")
                .put("backend", "openai-chat")
                .put("label", policy)
                .put("model_id", run.model())
                .put("tokenizer_id", run.model())
                .put("num_prompts", run.total())
                .put("policy", policy)
                .put("tool", file.tree().path("tool").path("name").asString(""))
                .put("target", file.tree().path("target").path("kind").asString(""));
        String rate = SaveFormat.rate(file);
        if (rate.equals("inf")) {
            json.put("request_rate", rate);
        } else {
            json.put("request_rate", Double.parseDouble(rate));
        }
        JsonNode config = file.tree().path("config");
        json.put("burstiness", config.path("burstiness").asDouble(1));
        json.set("max_concurrency", config.path("concurrency").isNumber() ? config.path("concurrency") : json.nullNode());
        json.put("duration", RunFigures.finite(figures.figures().windowSeconds()))
                .put("completed", figures.completed())
                .put("failed", figures.failed())
                .put("total_input_tokens", figures.inputTokens())
                .put("total_output_tokens", figures.outputTokens())
                .put("request_throughput", RunFigures.finite(figures.requestsPerSecond()))
                .put("request_goodput", run.goodput(file))
                .put("output_throughput", RunFigures.finite(figures.outputTokensPerSecond()))
                .put("total_token_throughput", RunFigures.finite(run.perSecond(figures.inputTokens() + (double) figures.outputTokens())));
        run.details.put(json, true);
        json.put("max_output_tokens_per_s", (double) run.mostPiecesPerSecond())
                .put("max_concurrent_requests", run.mostAtOnce())
                .put("rtfx", 0.0);
        for (String figure : new String[] {"ttft", "tpot", "itl", "e2el"}) {
            run.summary(json, figure, figure, 99);
        }
        return json;
    }
}
