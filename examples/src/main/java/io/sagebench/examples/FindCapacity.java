package io.sagebench.examples;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.experiment.CapacityExperiment;
import io.sagebench.benchmark.experiment.ExperimentReporter;
import io.sagebench.benchmark.experiment.ExperimentRunner;
import java.io.IOException;
import java.time.Duration;

/// How many requests per second do three engines serve, when 99 % must be answered within four seconds? In virtual time the answer takes seconds.
public final class FindCapacity {
    private FindCapacity() {}

    /// @param arguments none
    public static void main(String[] arguments) throws IOException {
        BenchmarkConfig base = BenchmarkConfig.builder()
                .simulated()
                .engines(3, "llama3-8b-a100")
                .policies("fifo", "slo_aware")
                .llmSloDeadline(Duration.ofSeconds(4))
                .numRequests(500)
                .build();
        var experiment = new CapacityExperiment(base);

        new ExperimentReporter(experiment, new ExperimentRunner(experiment).run()).printSummary(System.out);
    }
}
