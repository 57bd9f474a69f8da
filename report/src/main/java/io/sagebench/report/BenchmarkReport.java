package io.sagebench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything a report of one benchmark says, whichever form it takes.
///
/// @param tool          what measured
/// @param run           when, where and from which seed
/// @param target        what was measured
/// @param configuration the configuration by its documented names, in their order; values are texts, numbers, booleans, lists and maps of
///                      these; what is not set is left out
/// @param hybrid        whether texts to embed are sent beside prompts, so that both are shown apart
/// @param policies      one for each policy that was measured, in the order they were asked for; fewer than asked for after an interrupt
/// @param notRun        those that were asked for and not measured, with the reason
/// @param raw           where the facts of each request are
public record BenchmarkReport(
        ToolInfo tool,
        RunInfo run,
        TargetReport target,
        Map<String, ?> configuration,
        boolean hybrid,
        List<PolicyReport> policies,
        List<NotRun> notRun,
        RawResults raw) {
    public BenchmarkReport {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        policies = List.copyOf(policies);
        notRun = List.copyOf(notRun);
    }

    /// The same with the facts of each request elsewhere.
    public BenchmarkReport withRaw(RawResults other) {
        return new BenchmarkReport(tool, run, target, configuration, hybrid, policies, notRun, other);
    }

    /// Those that could be chosen: all but the ceilings.
    public List<PolicyReport> candidates() {
        return policies.stream().filter(policy -> !policy.isCeiling()).toList();
    }

    /// The bounds among them.
    public List<PolicyReport> ceilings() {
        return policies.stream().filter(PolicyReport::isCeiling).toList();
    }

    /// Whether those that did best did so by more than chance.
    public List<Significance> significance() {
        return Significance.among(candidates());
    }

    /// Which policy did best at what.
    public BestOf best() {
        return BestOf.among(candidates());
    }
}
