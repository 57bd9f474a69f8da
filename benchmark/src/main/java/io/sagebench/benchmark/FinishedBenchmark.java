package io.sagebench.benchmark;

import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RawResults.WindowRecord;
import java.util.List;

/// What came of a benchmark: the figures of each policy, and the record of each request.
///
/// @param config  what was asked for
/// @param report  everything there is to say of it
/// @param records one for each measured request, in the order in which they ended; empty when they went elsewhere
public record FinishedBenchmark(BenchmarkConfig config, BenchmarkReport report, List<WindowRecord> records) {
    public FinishedBenchmark {
        records = List.copyOf(records);
    }

    /// The figures of a policy.
    ///
    /// @throws IllegalArgumentException when it was not measured
    public PolicyReport policy(String name) {
        return report.policies().stream()
                .filter(policy -> policy.policy().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the policy '" + name + "' was not measured; there are "
                                + String.join(", ", report.policies().stream().map(PolicyReport::policy).toList())));
    }
}
