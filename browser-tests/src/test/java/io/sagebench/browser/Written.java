package io.sagebench.browser;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Results files that are written by hand, since no run of ours makes their like in a moment.
final class Written {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Written() {}

    /// Of policies with these names, whose models, errors and priorities are called like the first of them.
    static String comparison(List<String> policies) {
        ObjectNode root = root();
        ObjectNode results = root.putObject("policy_results");
        int place = 0;
        for (String policy : policies) {
            ObjectNode one = results.putObject(policy);
            one.put("policy", policy).set("metrics", metrics(2, 1, 0.5 + place / 10.0, 100 + place, policies.getFirst()));
            var raw = one.putArray("raw_results");
            raw.addObject().put("request_id", "r1").put("success", true).put("met_slo", true).put("outcome", "completed").put("model_name", policies.getFirst())
                    .put("priority", policies.getFirst()).put("request_type", "llm_chat").put("intended_ms", 0).put("sent_ms", 1).put("first_token_ms", 20)
                    .put("ended_ms", 100 + place).put("e2e_latency_ms", 100 + place).put("ttft_ms", 20).put("tpot_ms", 5 + place).put("instance", policies.getFirst());
            raw.addObject().put("request_id", "r2").put("success", false).put("outcome", "http_error").put("error", policies.getFirst()).put("priority", "LOW")
                    .put("request_type", "llm_chat").put("intended_ms", 10).put("sent_ms", 11).put("ended_ms", 60);
            place++;
        }
        root.putObject("config").put("request_rate", 20).put("note", policies.getFirst());
        return root.toString();
    }

    /// Of one policy, whose only request was refused.
    static String failed() {
        ObjectNode root = root();
        ObjectNode one = root.putObject("policy_results").putObject("fifo");
        one.put("policy", "fifo").set("metrics", metrics(1, 0, 0, Double.NaN, "HIGH"));
        one.putArray("raw_results").addObject().put("request_id", "r1").put("success", false).put("outcome", "rejected").put("error", "rejected: full")
                .put("priority", "HIGH").put("request_type", "llm_chat").put("intended_ms", 0).put("sent_ms", 0).put("ended_ms", 1);
        return root.toString();
    }

    /// Of a simulated engine with two workloads.
    static String engine(String model) {
        ObjectNode root = MAPPER.createObjectNode();
        root.putObject("run").put("backend", "mock").put("model", model).put("simulated", true);
        ObjectNode workloads = root.putObject("workloads");
        for (String name : List.of("Q1", "Q2")) {
            workloads.putObject(name).put("avg_ttft_ms", 12.5).put("p50_ttft_ms", 11.0).put("p95_ttft_ms", 15.0).put("p99_ttft_ms", 16.0).put("avg_tbt_ms", 5.0)
                    .put("p50_tbt_ms", 5.0).put("p95_tbt_ms", 5.2).put("p99_tbt_ms", 5.4).put("avg_tpot_ms", 5.1).put("output_throughput_tps", 196.4)
                    .put("request_throughput_rps", 3.1).put("peak_mem_mb", 226).put("total_requests", 5).put("successful_requests", 5).put("failed_requests", 0)
                    .put("error_rate", 0.0).put("p50_e2e_ms", 326.0).put("p99_e2e_ms", 330.0);
        }
        return root.toString();
    }

    private static ObjectNode root() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", "2.0").put("benchmark_type", "llm").put("timestamp", "2026-01-02T03:04:05Z");
        root.putObject("run").put("seed", 42).put("command", "sage-bench run");
        return root;
    }

    private static ObjectNode metrics(int total, int completed, double attainment, double p99, String priority) {
        ObjectNode metrics = MAPPER.createObjectNode();
        metrics.putObject("request_counts").put("total", total).put("completed", completed).put("rejected", total - completed).put("failed", 0).put("timeout", 0);
        metrics.putObject("throughput").put("requests_per_second", completed * 9.5).put("goodput_rps", completed * 4.0).put("offered_requests_per_second", 20.0);
        if (!Double.isNaN(p99)) {
            metrics.putObject("e2e_latency_ms").put("avg", p99 / 2).put("p50", p99 / 3).put("p95", p99 - 1).put("p99", p99);
        }
        ObjectNode slo = metrics.putObject("slo").put("compliance_rate", attainment);
        slo.putObject("by_priority").put(priority, attainment).put("LOW", 0.0);
        ObjectNode groups = metrics.putObject("metrics_by_priority");
        groups.putObject(priority).put("slo_compliance_rate", attainment);
        groups.putObject("LOW").put("slo_compliance_rate", 0.0);
        metrics.putObject("errors").put("error_rate", 0.0).putObject("by_reason").put(priority, total - completed);
        metrics.putObject("validity").put("verdict", "valid");
        return metrics;
    }
}
