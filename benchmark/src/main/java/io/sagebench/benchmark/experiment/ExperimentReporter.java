package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BuildInfo;
import io.sagebench.benchmark.RunFacts;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.json.ExperimentJson;
import io.sagebench.report.sweep.SweepNames;
import io.sagebench.report.terminal.ExperimentText;
import io.sagebench.report.terminal.TerminalStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Prints and writes what came of an experiment, in the forms of the program. Nothing that is there already is overwritten.
///
/// @param experiment what was run
/// @param result     what came of it
public record ExperimentReporter(Experiment experiment, ExperimentResult result) {

    /// Prints its tables and what was found.
    ///
    /// @param to for example `System.out`
    public void printSummary(Appendable to) throws IOException {
        to.append(new ExperimentText(result, experiment.configLine(), TerminalStyle.PLAIN).text());
    }

    /// Writes `<name>_result.json`.
    ///
    /// @param place a directory, made when it is missing, or the name of the file
    /// @return the file
    public Path save(Path place) throws IOException {
        Path file = SweepNames.main(place, result.name() + "_result", false);
        Files.createDirectories(SweepNames.directoryOf(place));
        var run = RunFacts.ofProgram(experiment.base().seed(), result.startedAt(), result.interrupted());
        new ExperimentJson(result, BuildInfo.read(), run).write(file, false);
        return file;
    }
}
