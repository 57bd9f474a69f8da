package io.sagebench.report.view;

import io.sagebench.report.results.ResultsFile.Unusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small results files with numbers worked out by hand.
public final class ViewFiles {
    private ViewFiles() {}

    /// A file with this text, opened.
    public static ResultsView of(Path folder, String text) {
        try {
            return ResultsView.read(Files.writeString(folder.resolve("report.json"), text));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (Unusable unusable) {
            throw new AssertionError(unusable.reason(), unusable);
        }
    }

    /// A comparison of layout "2.0". Policy `a` has three requests, two of which completed.
    public static String comparison(String significance) {
        return """
                {"version": "2.0", "benchmark_type": "llm", "timestamp": "2026-01-02T03:04:05Z",
                 "tool": {"name": "sage-bench", "version": "0.1.0", "commit": "abc1234"},
                 "run": {"seed": 42, "command": "sage-bench compare --simulate", "interrupted": false,
                         "host": {"os": "Linux", "cores": 2, "jvm": "JVM 25"}},
                 "target": {"kind": "simulated", "url": null, "description": "3 engines"},
                 "config": {"request_rate": 20.0, "policies": ["a", "b"]},
                 "policy_results": {
                  "a": {"policy": "a", "metrics": %s, "raw_results": [
                    {"request_id": "r0", "policy": "a", "priority": "HIGH", "request_type": "llm_chat", "model_name": "m", "instance": "e1",
                     "success": true, "met_slo": true, "outcome": "completed", "intended_ms": 0, "sent_ms": 1, "first_token_ms": 21, "ended_ms": 101,
                     "e2e_latency_ms": 100, "ttft_ms": 20, "tpot_ms": 8, "queue_ms": 5, "inter_token_latencies": [8, 30, 8], "output_token_count": 11},
                    {"request_id": "r1", "policy": "a", "priority": "LOW", "request_type": "llm_chat", "model_name": "m", "instance": "e2",
                     "success": true, "met_slo": false, "outcome": "completed", "intended_ms": 50, "sent_ms": 50, "first_token_ms": 90, "ended_ms": 350,
                     "e2e_latency_ms": 300, "ttft_ms": 40, "tpot_ms": 9, "queue_ms": 15, "inter_token_latencies": [9], "output_token_count": 12},
                    {"request_id": "r2", "policy": "a", "priority": "LOW", "request_type": "llm_chat", "model_name": "m", "instance": null,
                     "success": false, "error": "rejected: full", "met_slo": false, "outcome": "rejected", "intended_ms": 60, "ended_ms": 61}]},
                  "b": {"policy": "b", "metrics": %s, "raw_results": []},
                  "c": {"not_run": "needs texts to embed"}},
                 "summary": {%s}}
                """
                .formatted(metrics(3, 2, 0.9, 400, 20), metrics(2, 2, 0.6, 200, 90), significance);
    }

    /// Figures of a policy.
    public static String metrics(int total, int completed, double attainment, double p99, double queue) {
        return """
                {"request_counts": {"total": %d, "completed": %d},
                 "throughput": {"requests_per_second": 19.5, "offered_requests_per_second": 20.0},
                 "e2e_latency_ms": {"avg": 150.0, "p50": 100.0, "p99": %s}, "ttft_ms": {"avg": 30.0, "p50": 20.0, "p99": 40.0},
                 "queue_ms": {"avg": %s}, "slo": {"compliance_rate": %s}, "errors": {"error_rate": 0.0, "by_reason": {}},
                 "metrics_by_priority": {"HIGH": {"slo_compliance_rate": 1.0}, "LOW": {"slo_compliance_rate": 0.5}}}"""
                .formatted(total, completed, p99, queue, attainment);
    }
}
