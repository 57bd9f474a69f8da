package io.sagebench.report.view;

import java.util.List;

/// What one policy did, as a results file says it.
///
/// @param name      its name; for a policy at one of several rates, without the rate
/// @param isCeiling whether it is a bound rather than a policy
/// @param facts     all of `policy_results.<policy>` but the requests
/// @param metrics   its `metrics`, by the documented paths: `e2e_latency_ms.p99`
/// @param repeats   the `metrics` of each repeat when there were several, else empty
/// @param requests  its requests, column by column
/// @param devices   what the accelerators did meanwhile; empty when nothing watched them
public record PolicyView(
        String name,
        boolean isCeiling,
        Facts facts,
        Facts metrics,
        List<Facts> repeats,
        Requests requests,
        List<DeviceSamples> devices) {
    public PolicyView {
        repeats = List.copyOf(repeats);
        devices = List.copyOf(devices);
    }

    /// Whether any request completed.
    public boolean anyCompleted() {
        return metrics.number("request_counts.completed").orElse(0) > 0;
    }
}
