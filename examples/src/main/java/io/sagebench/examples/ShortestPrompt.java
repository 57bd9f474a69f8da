package io.sagebench.examples;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkReporter;
import io.sagebench.benchmark.BenchmarkRunner;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.LeastWork;
import io.sagebench.policy.queue.InOrder;
import io.sagebench.policy.queue.WaitingQueue;
import java.io.IOException;
import java.util.Comparator;

/// A policy of one's own in one class: named in `META-INF/services/io.sagebench.policy.PolicyFactory`, it is there for every benchmark, live and
/// simulated, and for the program when its jar is on the class path.
public final class ShortestPrompt implements PolicyFactory {

    @Override
    public String name() {
        return "shortest_prompt";
    }

    @Override
    public String rule() {
        return "shortest prompt first; least outstanding work chooses the engine";
    }

    @Override
    public String explanation() {
        return "Order   prompt length, then arrival. Long prompts may starve.";
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new InOrder(new WaitingQueue(Comparator.comparingInt(Waiting::promptTokens)), new LeastWork());
    }

    /// Compares it with `fifo`.
    ///
    /// @param arguments none
    public static void main(String[] arguments) throws IOException {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .simulated()
                .policies("fifo", "shortest_prompt")
                .numRequests(500)
                .requestRate(100)
                .build();

        new BenchmarkReporter(new BenchmarkRunner(config).run()).printSummary(System.out);
    }
}
