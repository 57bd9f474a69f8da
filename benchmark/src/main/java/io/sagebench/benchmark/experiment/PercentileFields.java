package io.sagebench.benchmark.experiment;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.Fields;

/// The percentiles of end-to-end latency by their documented names, in milliseconds; those that so few samples cannot tell are not known.
final class PercentileFields {
    private PercentileFields() {}

    static Fields of(PolicyReport policy) {
        return new Fields()
                .put("p50", Did.percentileMillis(policy, 50, LatencySummary::p50))
                .put("p90", Did.percentileMillis(policy, 90, LatencySummary::p90))
                .put("p95", Did.percentileMillis(policy, 95, LatencySummary::p95))
                .put("p99", Did.percentileMillis(policy, 99, LatencySummary::p99))
                .put("p99.9", Did.percentileMillis(policy, 99.9, LatencySummary::p999));
    }
}
