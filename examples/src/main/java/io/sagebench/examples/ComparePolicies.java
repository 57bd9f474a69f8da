package io.sagebench.examples;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkReporter;
import io.sagebench.benchmark.BenchmarkRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Compares policies under the same load, prints the table and saves the files.
public final class ComparePolicies {
    private ComparePolicies() {}

    /// @param arguments where the files go; `./benchmark_results` without
    public static void main(String[] arguments) throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .simulated()
                .policies("fifo", "priority", "slo_aware", "aegaeon")
                .numRequests(1000)
                .requestRate(90)
                .priorityDistribution(Map.of("HIGH", 0.2, "NORMAL", 0.6, "LOW", 0.2))
                .build();

        var reporter = new BenchmarkReporter(new BenchmarkRunner(config).run());
        reporter.printSummary(System.out);
        for (Path file : reporter.saveAll(Path.of(arguments.length > 0 ? arguments[0] : "./benchmark_results"))) {
            IO.println("wrote " + file);
        }
    }
}
