package io.sagebench.report.sweep;

import io.sagebench.report.NotRun;
import io.sagebench.report.RunInfo;
import io.sagebench.report.TargetReport;
import io.sagebench.report.ToolInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything a report of one sweep says.
///
/// @param tool          what measured
/// @param run           when, where and from which seed
/// @param target        what was measured
/// @param configuration by the documented names, without the rate
/// @param hybrid        whether texts to embed are sent beside prompts
/// @param rates         those asked for, per second, in that order
/// @param policies      one for each policy that was measured
/// @param notRun        those that were asked for and not measured
/// @param error         why it is not complete, if it is not
public record SweepReport(
        ToolInfo tool,
        RunInfo run,
        TargetReport target,
        Map<String, ?> configuration,
        boolean hybrid,
        List<Double> rates,
        List<PolicySweep> policies,
        List<NotRun> notRun,
        Optional<String> error) {
    public SweepReport {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        rates = List.copyOf(rates);
        policies = List.copyOf(policies);
        notRun = List.copyOf(notRun);
    }
}
