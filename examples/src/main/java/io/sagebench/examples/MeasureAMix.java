package io.sagebench.examples;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkReporter;
import io.sagebench.benchmark.BenchmarkRunner;
import java.io.IOException;
import java.time.Duration;

/// Sends seven prompts and three requests with texts to embed in ten: hybrid mode.
public final class MeasureAMix {
    private MeasureAMix() {}

    /// @param arguments none
    public static void main(String[] arguments) throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .simulated()
                .hybrid(0.7)
                .policies("fifo", "hybrid_slo")
                .numRequests(500)
                .requestRate(30)
                .embeddingBatchSizes(1, 8, 32)
                .llmSloDeadline(Duration.ofSeconds(5))
                .embeddingSloDeadline(Duration.ofMillis(500))
                .build();

        new BenchmarkReporter(new BenchmarkRunner(config).run()).printSummary(System.out);
    }
}
