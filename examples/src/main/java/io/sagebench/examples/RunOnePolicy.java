package io.sagebench.examples;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkRunner;
import io.sagebench.metrics.RunMetrics;
import java.io.IOException;

/// Measures one policy in virtual time, and reads figures out of the result.
public final class RunOnePolicy {
    private RunOnePolicy() {}

    /// @param arguments none
    public static void main(String[] arguments) throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .simulated() // or .controlPlaneUrl("http://gateway:8080"), or .embedded()
                .policies("slo_aware")
                .numRequests(500)
                .requestRate(80)
                .build();

        RunMetrics metrics = new BenchmarkRunner(config).run().policy("slo_aware").metrics();

        IO.println("completed: " + metrics.counts().completed() + " of " + metrics.counts().total());
        metrics.ttft().ifPresent(ttft -> IO.println("TTFT p99: " + Math.round(ttft.p99() / 1e6) + " ms"));
        metrics.slo().attainment().ifPresent(share -> IO.println("met their deadline: " + Math.round(100 * share) + " %"));
    }
}
