package io.sagebench.report.engine.compare;

import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineSummary;
import java.util.Map;
import java.util.Optional;

/// What one of several engines did.
///
/// @param label   what the person who compares calls it
/// @param url     where it listened
/// @param model   the model it was asked for
/// @param summary what was measured; empty when it was never reached
/// @param failure why it does not count as having done its work; absent when it did
public record TargetResult(String label, String url, String model, EngineSummary summary, Optional<String> failure) {

    /// The same, found to have failed when its answers show it: a workload in which requests failed or brought no text.
    public TargetResult checked() {
        if (failure.isPresent()) {
            return this;
        }
        for (Map.Entry<String, EngineMetrics> workload : summary.workloads().entrySet()) {
            Optional<String> trouble = trouble(workload.getValue());
            if (trouble.isPresent()) {
                return new TargetResult(label, url, model, summary, Optional.of(workload.getKey() + ": " + trouble.get()));
            }
        }
        return summary.workloads().isEmpty()
                ? new TargetResult(label, url, model, summary, Optional.of("nothing was measured"))
                : this;
    }

    private static Optional<String> trouble(EngineMetrics metrics) {
        long all = metrics.count("total_requests");
        long good = metrics.count("successful_requests");
        if (good < all || all == 0) {
            return Optional.of((all - good) + " of " + all + " requests failed");
        }
        return metrics.count("total_output_tokens") == 0 ? Optional.of("its answers are empty") : Optional.empty();
    }

    /// Whether it did its work, so that its figures may be ranked.
    public boolean isUsable() {
        return failure.isEmpty();
    }
}
