package io.sagebench.controlplane;

import io.sagebench.metrics.LatencySummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The books of a control plane since the policy in force was activated, except where it says otherwise.
///
/// @param policy          the policy in force
/// @param epoch           counts policy switches
/// @param sinceNanos      when it was activated
/// @param counts          where the requests are, since the control plane began
/// @param queued          waiting now
/// @param running         on engines now
/// @param maxQueued       the most that waited at once
/// @param queueWait       how long dispatched requests had waited
/// @param ttft            arrival to first token; of answers that are sent as a whole, only once they are complete
/// @param tpot            mean gap between tokens, of answers with two or more
/// @param endToEnd        arrival to last token
/// @param decision        time one decision of the policy took; absent in virtual time
/// @param sloMet          completed requests that met what they were promised
/// @param sloTotal        requests that ended, each of which could have: not the invalid
/// @param estimatorErrors how well the estimates did, by what they estimate
/// @param activity        what was done about failures and by operators, since the control plane began
/// @param saturation      how full the engines are now: 1 is as full as they should get; absent when none is in service
/// @param fairness        Jain's index over the tokens of prompts and answers that tenants got; absent for fewer than two tenants
/// @param figures         what the policy computes, by name
public record ControlPlaneMetrics(
        String policy,
        long epoch,
        long sinceNanos,
        Conservation counts,
        int queued,
        int running,
        int maxQueued,
        Optional<LatencySummary> queueWait,
        Optional<LatencySummary> ttft,
        Optional<LatencySummary> tpot,
        Optional<LatencySummary> endToEnd,
        Optional<LatencySummary> decision,
        long sloMet,
        long sloTotal,
        Map<String, EstimatorError> estimatorErrors,
        Activity activity,
        OptionalDouble saturation,
        OptionalDouble fairness,
        Map<String, Double> figures) {
    public ControlPlaneMetrics {
        estimatorErrors = Collections.unmodifiableMap(new LinkedHashMap<>(estimatorErrors));
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /// What was done about failures and by operators.
    ///
    /// @param retries         further tries of requests that their engines failed
    /// @param breakerOpenings how often an engine was no longer trusted
    /// @param policySwitches  how often another policy was put in force
    public record Activity(long retries, long breakerOpenings, long policySwitches) {}

    /// Where the requests are. `admitted = queued + running + completed + failed + cancelled + refusedLater`, always.
    ///
    /// @param invalid       refused before they were admitted, for a mistake of their clients
    /// @param refusedAtOnce refused before they were admitted, for want of room
    /// @param admitted      taken in
    /// @param queued        waiting
    /// @param running       on engines
    /// @param completed     ended well
    /// @param failed        their engine failed
    /// @param cancelled     their client left
    /// @param refusedLater  refused after they were admitted: expired, displaced, rejected by the policy
    public record Conservation(
            long invalid,
            long refusedAtOnce,
            long admitted,
            long queued,
            long running,
            long completed,
            long failed,
            long cancelled,
            long refusedLater) {
        /// Whether the invariant holds.
        public boolean holds() {
            return admitted == queued + running + completed + failed + cancelled + refusedLater;
        }
    }

    /// How far an estimate was off, as a share of what was then measured.
    ///
    /// @param count         how many estimates were checked
    /// @param meanRelative  mean of |estimate - measured| / measured
    /// @param p95Relative   95th percentile of the same
    /// @param withinTenPercent share of estimates off by at most 10 %
    public record EstimatorError(long count, double meanRelative, double p95Relative, double withinTenPercent) {}
}
