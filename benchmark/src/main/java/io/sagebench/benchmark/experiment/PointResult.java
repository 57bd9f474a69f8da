package io.sagebench.benchmark.experiment;

import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import java.util.List;
import java.util.Optional;

/// What was measured at a point.
///
/// @param point    which
/// @param policies those measured whole, in the order asked for
/// @param cutShort those an interrupt ended before all their requests had
/// @param notRun   those that were not measured, with the reason
public record PointResult(Point point, List<PolicyReport> policies, List<PolicyReport> cutShort, List<NotRun> notRun) {
    public PointResult {
        policies = List.copyOf(policies);
        cutShort = List.copyOf(cutShort);
        notRun = List.copyOf(notRun);
    }

    /// What a policy did, if it was measured whole.
    public Optional<PolicyReport> of(String policy) {
        return policies.stream().filter(report -> report.policy().equals(policy)).findFirst();
    }
}
