package io.sagebench.report.engine.gate;

import io.sagebench.request.Check;
import java.util.List;
import java.util.Set;

/// When a change is a regression.
///
/// @param warnAt     by what share a figure may get worse before it is a warning, above 0; of an error rate, in percentage points
/// @param criticalAt the same before it is critical, not below `warnAt`
/// @param figures    names of the fields that are looked at
/// @param expected   changes that are meant: `field`, or `workload.field`
public record RegressionRule(double warnAt, double criticalAt, List<String> figures, Set<String> expected) {
    /// What is looked at unless something else is said.
    public static final List<String> USUAL_FIGURES = List.of(
            "avg_ttft_ms",
            "p95_ttft_ms",
            "avg_tbt_ms",
            "avg_tpot_ms",
            "avg_e2el_ms",
            "output_throughput_tps",
            "request_throughput_rps",
            "peak_mem_mb",
            "error_rate");

    /// 5 % and 10 % of the usual figures; nothing is meant to change.
    public static final RegressionRule USUAL = new RegressionRule(0.05, 0.10, USUAL_FIGURES, Set.of());

    public RegressionRule {
        Check.positive(warnAt, "warnAt");
        if (!(criticalAt >= warnAt)) {
            throw new IllegalArgumentException("criticalAt must not be below warnAt, but is " + criticalAt + " and " + warnAt);
        }
        figures = List.copyOf(figures);
        expected = Set.copyOf(expected);
    }

    /// Whether a change is meant.
    boolean expects(String workload, String field) {
        return expected.contains(field) || expected.contains(workload + "." + field);
    }
}
