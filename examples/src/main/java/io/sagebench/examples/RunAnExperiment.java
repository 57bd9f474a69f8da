package io.sagebench.examples;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.experiment.ExperimentReporter;
import io.sagebench.benchmark.experiment.ExperimentRunner;
import io.sagebench.benchmark.experiment.ThroughputExperiment;
import io.sagebench.report.experiment.ExperimentResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Asks how throughput grows with the rate, policy by policy.
public final class RunAnExperiment {
    private RunAnExperiment() {}

    /// @param arguments where the result goes; nowhere without
    public static void main(String[] arguments) throws IOException {
        BenchmarkConfig base = BenchmarkConfig.builder().simulated().policies("fifo", "priority").numRequests(300).build();
        var experiment = new ThroughputExperiment("throughput_sweep", base, List.of(50.0, 80.0, 120.0));

        ExperimentResult result = new ExperimentRunner(experiment).run();

        var reporter = new ExperimentReporter(experiment, result);
        reporter.printSummary(System.out);
        IO.println("best policy: " + result.summary().asMap().get("best_policy"));
        if (arguments.length > 0) {
            IO.println("wrote " + reporter.save(Path.of(arguments[0])));
        }
    }
}
