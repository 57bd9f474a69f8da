package io.sagebench.report;

import io.sagebench.metrics.CacheProbe;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.monitor.MachineUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What one policy did.
///
/// @param policy                  its name
/// @param startedAt               when its measured window began, by this machine's clock, or after 1970 by as much virtual time as had passed; the first one with repeats
/// @param endedAt                 when its last measured request ended, in the same way
/// @param metrics                 of all its measured requests
/// @param epoch                   the control plane's count of policy switches when it was in force; absent when the control plane does not say
/// @param controlPlaneMetricsJson what `/admin/metrics` answered after its last request, a JSON object; absent when it did not
/// @param repeats                 the metrics of each repeat when there were several, else empty
/// @param isCeiling               whether it is a bound rather than a policy: shown as a ceiling, and never as a candidate
/// @param degraded                how it fell short of its rule with these engines, if it did and the control plane says so
/// @param cacheProbe              what the prefix caches of the engines were worth under it; absent when that was not asked
/// @param machines                what was seen of machines and engines meanwhile, in all repeats together
public record PolicyReport(
        String policy,
        Instant startedAt,
        Instant endedAt,
        RunMetrics metrics,
        OptionalLong epoch,
        Optional<String> controlPlaneMetricsJson,
        List<RunMetrics> repeats,
        boolean isCeiling,
        Optional<String> degraded,
        Optional<CacheProbe> cacheProbe,
        MachineUse machines) {
    public PolicyReport {
        repeats = List.copyOf(repeats);
    }

    /// One while which nothing was watched.
    public PolicyReport(
            String policy,
            Instant startedAt,
            Instant endedAt,
            RunMetrics metrics,
            OptionalLong epoch,
            Optional<String> controlPlaneMetricsJson,
            List<RunMetrics> repeats,
            boolean isCeiling,
            Optional<String> degraded,
            Optional<CacheProbe> cacheProbe) {
        this(
                policy, startedAt, endedAt, metrics, epoch, controlPlaneMetricsJson, repeats, isCeiling, degraded, cacheProbe,
                MachineUse.NONE);
    }

    /// A candidate that did what its rule says.
    public PolicyReport(
            String policy,
            Instant startedAt,
            Instant endedAt,
            RunMetrics metrics,
            OptionalLong epoch,
            Optional<String> controlPlaneMetricsJson,
            List<RunMetrics> repeats) {
        this(policy, startedAt, endedAt, metrics, epoch, controlPlaneMetricsJson, repeats, false, Optional.empty(), Optional.empty());
    }
}
