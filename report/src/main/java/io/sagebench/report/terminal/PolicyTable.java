package io.sagebench.report.terminal;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.report.PolicyReport;
import java.util.List;
import java.util.function.Function;

/// A table with a row for each policy.
///
/// @param title   stands above it; empty for none
/// @param columns from left to right
record PolicyTable(String title, List<Column> columns) {
    /// How prompts did.
    static final PolicyTable LLM = new PolicyTable(
            "",
            List.of(
                    new Column("Policy", PolicyReport::policy),
                    new Column("Throughput", policy -> Cells.rate(policy.metrics().throughput().requestsPerSecond())),
                    new Column("Avg E2E", policy -> Cells.millis(policy.metrics().endToEnd(), LatencySummary::mean)),
                    new Column("P99 E2E", policy -> Cells.millis(policy.metrics().endToEnd(), LatencySummary::p99)),
                    new Column("Avg TTFT", policy -> Cells.millis(policy.metrics().ttft(), LatencySummary::mean)),
                    new Column("SLO Rate", policy -> Cells.share(policy.metrics().slo().attainment())),
                    new Column("Errors", policy -> Cells.errors(policy.metrics().counts()))));

    /// How prompts and texts to embed did, side by side.
    static final PolicyTable HYBRID = new PolicyTable(
            "",
            List.of(
                    new Column("Policy", PolicyReport::policy),
                    new Column("Throughput", policy -> Cells.rate(policy.metrics().throughput().requestsPerSecond())),
                    new Column("LLM Avg", policy -> Cells.millis(policy.metrics().parts().llm().endToEnd(), LatencySummary::mean)),
                    new Column("Emb Avg", policy -> Cells.millis(policy.metrics().parts().embedding().endToEnd(), LatencySummary::mean)),
                    new Column("LLM SLO", policy -> Cells.share(policy.metrics().parts().llm().slo().attainment())),
                    new Column("Emb SLO", policy -> Cells.share(policy.metrics().parts().embedding().slo().attainment())),
                    new Column("Errors", policy -> Cells.errors(policy.metrics().counts()))));

    /// What there is to say of prompts beside texts.
    static final PolicyTable PROMPTS = new PolicyTable(
            "LLM requests",
            List.of(
                    new Column("Policy", PolicyReport::policy),
                    new Column("Throughput", policy -> Cells.rate(policy.metrics().parts().llmRequestsPerSecond())),
                    new Column("Token/s", policy -> Cells.number(policy.metrics().throughput().outputTokensPerSecond())),
                    new Column("TTFT Avg", policy -> Cells.millis(policy.metrics().ttft(), LatencySummary::mean)),
                    new Column("TTFT P99", policy -> Cells.millis(policy.metrics().ttft(), LatencySummary::p99)),
                    new Column("E2E P99", policy -> Cells.millis(policy.metrics().parts().llm().endToEnd(), LatencySummary::p99)),
                    new Column("SLO Rate", policy -> Cells.share(policy.metrics().parts().llm().slo().attainment()))));

    /// What there is to say of texts beside prompts.
    static final PolicyTable TEXTS = new PolicyTable(
            "Embedding requests",
            List.of(
                    new Column("Policy", PolicyReport::policy),
                    new Column("Throughput", policy -> Cells.rate(policy.metrics().parts().embeddingRequestsPerSecond())),
                    new Column("Texts/s", policy -> Cells.number(policy.metrics().parts().textsPerSecond())),
                    new Column("Avg Batch", policy -> Cells.number(policy.metrics().parts().embedding().averageBatch())),
                    new Column("E2E P99", policy -> Cells.millis(policy.metrics().parts().embedding().endToEnd(), LatencySummary::p99)),
                    new Column("SLO Rate", policy -> Cells.share(policy.metrics().parts().embedding().slo().attainment()))));

    PolicyTable {
        columns = List.copyOf(columns);
    }

    /// One column.
    record Column(String header, Function<PolicyReport, String> cell) {}

    /// With these policies.
    Columns of(List<PolicyReport> policies) {
        return new Columns(
                columns.stream().map(Column::header).toList(),
                policies.stream()
                        .map(policy -> columns.stream().map(column -> column.cell().apply(policy)).toList())
                        .toList());
    }
}
