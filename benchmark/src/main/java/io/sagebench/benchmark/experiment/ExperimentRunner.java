package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.CouldNotMeasure;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.report.experiment.ExperimentResult;
import java.time.InstantSource;

/// Runs an experiment for a Java program:
///
/// ```java
/// ExperimentResult result = new ExperimentRunner(new LatencyExperiment(config)).run();
/// ```
///
/// @param experiment what is run
/// @param listener   is told how it goes, from other threads
/// @param stop       when it is requested, what was measured whole is the result
public record ExperimentRunner(Experiment experiment, BenchmarkListener listener, StopSignal stop) {
    /// One that tells nobody how it goes, and runs to its end.
    public ExperimentRunner(Experiment experiment) {
        this(experiment, BenchmarkListener.SILENT, new StopSignal());
    }

    /// Runs it. Blocks until it has ended.
    ///
    /// @throws CouldNotMeasure when nothing could be measured
    public ExperimentResult run() {
        return switch (experiment.run(new Experiment.Surroundings(new Benchmark(), listener, stop, InstantSource.system()))) {
            case Experiment.Outcome.Finished(ExperimentResult result) -> result;
            case Experiment.Outcome.NothingMeasured(String message, boolean _) -> throw new CouldNotMeasure(message);
        };
    }
}
