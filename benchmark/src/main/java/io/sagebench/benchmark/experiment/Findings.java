package io.sagebench.benchmark.experiment;

import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import java.util.List;

/// What follows from the measurements of an experiment.
///
/// @param results one for each level, in the layout of the result file
/// @param summary over all levels
/// @param shown   for people
record Findings(List<Fields> results, Fields summary, Shown shown) {
    Findings {
        results = List.copyOf(results);
    }
}
