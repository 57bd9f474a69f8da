package io.sagebench.report.terminal;

import io.sagebench.metrics.Validity.Verdict;
import io.sagebench.report.experiment.ExperimentResult.MeasuredAt;
import java.util.ArrayList;
import java.util.List;

/// Whether the figures of several benchmarks can be trusted, for people.
final class ValidityLines {
    /// More than so many are counted.
    private static final int MOST_NAMED = 3;

    private ValidityLines() {}

    static List<String> of(List<MeasuredAt> measured, TerminalStyle style) {
        var limited = measured.stream()
                .filter(one -> one.policy().metrics().validity().verdict() == Verdict.CLIENT_LIMITED)
                .toList();
        if (limited.isEmpty()) {
            return List.of("Validity: valid, the load generator kept its schedule");
        }
        var lines = new ArrayList<String>();
        for (MeasuredAt one : limited.subList(0, Math.min(MOST_NAMED, limited.size()))) {
            lines.add(style.bold("Validity: CLIENT LIMITED for " + one.policy().policy() + " at " + one.level() + ": "
                    + String.join("; ", one.policy().metrics().validity().reasons())));
        }
        if (limited.size() > MOST_NAMED) {
            lines.add(style.bold("Validity: CLIENT LIMITED in " + limited.size() + " of " + measured.size() + " measurements"));
        }
        return lines;
    }
}
