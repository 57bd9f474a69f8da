package io.sagebench.report.sweep;

import io.sagebench.report.PolicyReport;
import io.sagebench.report.RawResults;
import io.sagebench.request.Check;

/// One policy at one rate.
///
/// @param ratePerSecond the rate that was asked for
/// @param cutShort      whether an interrupt ended it before all requests had
/// @param raw           where the facts of its requests are
public record RateResult(double ratePerSecond, PolicyReport policy, boolean cutShort, RawResults raw) {
    public RateResult {
        Check.positive(ratePerSecond, "ratePerSecond");
    }
}
