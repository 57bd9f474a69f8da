package io.sagebench.report.view;

import java.util.OptionalDouble;

/// One policy at one rate of a sweep.
///
/// @param ratePerSecond asked for
/// @param cutShort      whether it was interrupted, so that its figures are of fewer requests
/// @param offered       requests per second that were really sent
/// @param throughput    completed requests per second
/// @param goodput       requests per second that met their service level
/// @param tokens        output tokens per second
/// @param meanMillis    of the end-to-end latency
/// @param p99Millis     of the end-to-end latency
/// @param ttftP99Millis of the time to first token
/// @param attainment    share that met their service level, from 0 to 1
public record RatePoint(
        double ratePerSecond,
        boolean cutShort,
        OptionalDouble offered,
        OptionalDouble throughput,
        OptionalDouble goodput,
        OptionalDouble tokens,
        OptionalDouble meanMillis,
        OptionalDouble p99Millis,
        OptionalDouble ttftP99Millis,
        OptionalDouble attainment) {

    /// One of the `metrics` of a policy.
    static RatePoint of(double ratePerSecond, boolean cutShort, Facts metrics) {
        return new RatePoint(
                ratePerSecond,
                cutShort,
                metrics.number("throughput.offered_requests_per_second"),
                metrics.number("throughput.requests_per_second"),
                metrics.number("throughput.goodput_rps"),
                metrics.number("throughput.tokens_per_second"),
                metrics.number("e2e_latency_ms.avg"),
                metrics.number("e2e_latency_ms.p99"),
                metrics.number("ttft_ms.p99"),
                metrics.number("slo.compliance_rate"));
    }

    /// One of a row of `throughput_vs_rate`.
    static RatePoint of(Facts row) {
        return new RatePoint(
                row.number("rate").orElse(0),
                row.isTrue("cut_short"),
                row.number("offered_requests_per_second"),
                row.number("requests_per_second"),
                row.number("goodput_rps"),
                row.number("tokens_per_second"),
                row.number("avg_latency_ms"),
                row.number("p99_latency_ms"),
                OptionalDouble.empty(),
                row.number("compliance_rate"));
    }
}
