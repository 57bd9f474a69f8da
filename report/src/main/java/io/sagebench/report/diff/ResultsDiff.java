package io.sagebench.report.diff;

import io.sagebench.metrics.Comparison;
import io.sagebench.metrics.Finding;
import io.sagebench.metrics.Headline;
import io.sagebench.metrics.Measured;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Compared;
import io.sagebench.report.results.ResultsFile.Unusable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two results files compared policy by policy.
///
/// @param policies what changed under each policy that both have
/// @param gates    what was allowed
public record ResultsDiff(List<PolicyDiff> policies, Gates gates) {
    public ResultsDiff {
        policies = List.copyOf(policies);
    }

    /// Compares the policies that both files have, or one of them; files with one policy each are compared even when it is not the same. Requests
    /// are paired when both files have the same requests at the same times, which is so for the same seed and workload.
    ///
    /// @param policy the only one to compare
    /// @throws Unusable when a file lacks what is needed
    public static ResultsDiff of(ResultsFile before, ResultsFile after, Optional<String> policy, Gates gates) throws Unusable {
        var diffs = new ArrayList<PolicyDiff>();
        for (String[] pair : pairs(before, after, policy)) {
            diffs.add(compare(before, pair[0], after, pair[1], gates));
        }
        return new ResultsDiff(diffs, gates);
    }

    private static List<String[]> pairs(ResultsFile before, ResultsFile after, Optional<String> policy) throws Unusable {
        if (policy.isPresent()) {
            for (ResultsFile file : List.of(before, after)) {
                if (!file.policies().contains(policy.get())) {
                    throw ResultsFile.unusable(file.path() + ": has no policy '" + policy.get() + "'; it has " + listed(file));
                }
            }
            return List.<String[]>of(new String[] {policy.get(), policy.get()});
        }
        var both = new ArrayList<>(before.policies());
        both.retainAll(after.policies());
        if (both.isEmpty() && before.policies().size() == 1 && after.policies().size() == 1) {
            return List.<String[]>of(new String[] {before.policies().getFirst(), after.policies().getFirst()});
        }
        if (both.isEmpty()) {
            throw ResultsFile.unusable("the files have no policy in common: " + before.path() + " has " + listed(before) + ", "
                    + after.path() + " has " + listed(after));
        }
        return both.stream().map(name -> new String[] {name, name}).toList();
    }

    private static String listed(ResultsFile file) {
        return file.policies().isEmpty() ? "none" : String.join(", ", file.policies());
    }

    private static PolicyDiff compare(ResultsFile before, String was, ResultsFile after, String is, Gates gates) throws Unusable {
        Compared one = before.compared(was);
        Compared other = after.compared(is);
        Measured measuredBefore = one.measured().orElseThrow(() -> ResultsFile.unusable(before.path() + ": has no requests of " + was));
        Measured measuredAfter = other.measured().orElseThrow(() -> ResultsFile.unusable(after.path() + ": has no requests of " + is));
        var comparison = new Comparison(measuredBefore, measuredAfter, one.plan() == other.plan());
        Map<Headline, Finding> found = new EnumMap<>(Headline.class);
        comparison.findings(gates.watched()).forEach(finding -> found.put(finding.figure(), finding));
        var others = new ArrayList<>(List.of(Headline.values()));
        others.removeAll(gates.watched());
        comparison.findings(others).forEach(finding -> found.put(finding.figure(), finding));
        return new PolicyDiff(was, is, comparison.isPaired(), List.copyOf(found.values()));
    }

    /// What got worse than is allowed, by policy.
    public Map<String, List<Finding>> regressions() {
        var missed = new LinkedHashMap<String, List<Finding>>();
        for (PolicyDiff diff : policies) {
            var found = diff.findings().stream().filter(gates::isMissedBy).toList();
            if (!found.isEmpty()) {
                missed.put(diff.title(), found);
            }
        }
        return Collections.unmodifiableMap(missed);
    }
}
