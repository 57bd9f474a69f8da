package io.sagebench.policy.aegaeon;

import io.sagebench.request.Check;

/// What the rule is set to.
///
/// @param maxGroupSize  the most requests that ever join one prefill group
/// @param qmaxSeconds   the longest quota
/// @param alphaMin      below which `alpha` does not go
/// @param switchSeconds a switch of models where it cannot be measured
/// @param ttftNanos     when the first token is due, from arrival
/// @param tbtNanos      when each further one is due
record AegaeonSettings(
        int maxGroupSize, double qmaxSeconds, double alphaMin, double switchSeconds, long ttftNanos, long tbtNanos) {
    AegaeonSettings {
        Check.atLeast(1, maxGroupSize, "max_group_size");
        Check.positive(qmaxSeconds, "qmax_s");
        Check.positive(alphaMin, "alpha_min");
        Check.positive(switchSeconds, "switch_s");
        Check.atLeast(1, ttftNanos, "ttft_slo");
        Check.atLeast(1, tbtNanos, "tbt_slo");
    }

    /// Pace over step time: what `n` is of a batch whose steps take so long.
    double paceOver(long stepNanos) {
        return (double) tbtNanos / Math.max(1, stepNanos);
    }
}
