package io.sagebench.report.diff;

import io.sagebench.metrics.Finding;
import io.sagebench.metrics.Finding.Verdict;
import io.sagebench.metrics.Headline;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// By how much figures may get worse, as a share: 0.05 is 5 %, and 5 percentage points of an attainment.
///
/// @param limits by figure; empty when nothing may get worse at all
public record Gates(Map<Headline, Double> limits) {
    /// No figure may get worse.
    public static final Gates NONE_NAMED = new Gates(Map.of());

    public Gates {
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }

    /// Whether it matters whether a figure gets worse.
    public boolean watch(Headline figure) {
        return limits.isEmpty() || limits.containsKey(figure);
    }

    /// The figures that it matters for.
    public List<Headline> watched() {
        return List.of(Headline.values()).stream().filter(this::watch).toList();
    }

    /// Whether a finding is a regression: worse by more than chance, and by more than is allowed.
    public boolean isMissedBy(Finding finding) {
        return watch(finding.figure())
                && finding.verdict() == Verdict.WORSE
                && finding.worsening().orElse(0) > limits.getOrDefault(finding.figure(), 0.0);
    }
}
