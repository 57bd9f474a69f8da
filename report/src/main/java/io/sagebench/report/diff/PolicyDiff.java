package io.sagebench.report.diff;

import io.sagebench.metrics.Finding;
import java.util.List;

/// What changed under one policy.
///
/// @param before   the policy in the first file
/// @param after    the policy in the second; usually the same
/// @param paired   whether the same requests were compared one by one
/// @param findings figure by figure
public record PolicyDiff(String before, String after, boolean paired, List<Finding> findings) {
    public PolicyDiff {
        findings = List.copyOf(findings);
    }

    /// The policy, or both where they differ.
    public String title() {
        return before.equals(after) ? before : before + " -> " + after;
    }
}
