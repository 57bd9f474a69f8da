package io.sagebench.cli;

import io.sagebench.benchmark.config.Limit;
import io.sagebench.report.PolicyReport;
import java.util.List;

/// Tells which limits were missed, by which policy and by how much.
///
/// @param limits what must not be missed
record MissedLimits(List<Limit> limits, Terminal terminal) {

    /// @param where stands before each message; empty, or for example `at 100 req/s: `
    /// @return whether any was
    boolean tell(String where, List<PolicyReport> policies) {
        boolean any = false;
        for (PolicyReport policy : policies) {
            for (Limit limit : limits) {
                var missed = limit.missedBy(policy);
                missed.ifPresent(how -> terminal.say("--fail-on: " + where + how));
                any |= missed.isPresent();
            }
        }
        return any;
    }
}
