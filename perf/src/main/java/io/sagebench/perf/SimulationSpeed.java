package io.sagebench.perf;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.BenchmarkResult;
import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.Target;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.RecordSink;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How many requests are simulated per second of one core, with everything a real comparison does: plan, control plane, engines, records and
/// metrics. Over the number of requests, to show that the cost of one does not grow with the run; and over the length of answers, to show
/// that it hardly grows with tokens.
public final class SimulationSpeed {
    private static final double GOAL = 100_000;
    private static final int USUAL_REQUESTS = 200_000;
    private static final int USUAL_TOKENS = 128;
    /// Nine tenths of what the default fleet serves of [#USUAL_TOKENS] tokens.
    private static final double USUAL_RATE_PER_SECOND = 80;
    /// A prompt takes about as long as so many tokens of the answer.
    private static final int PROMPT_IN_TOKENS = 32;

    private SimulationSpeed() {}

    /// @param args nothing for the usual load, `requests` or `tokens` for a sweep over these
    public static void main(String[] args) {
        String sweep = args.length > 0 ? args[0] : "";
        measure("warm-up", USUAL_REQUESTS / 10, USUAL_TOKENS);
        measure("warm-up", USUAL_REQUESTS / 2, USUAL_TOKENS);
        switch (sweep) {
            case "" -> measure("measured", USUAL_REQUESTS, USUAL_TOKENS);
            case "requests" -> {
                for (int requests : new int[] {1_000, 10_000, 100_000, 1_000_000, 10_000_000}) {
                    measure("measured", requests, USUAL_TOKENS);
                }
            }
            case "tokens" -> {
                for (int tokens : new int[] {16, 32, 64, 128, 256, 512, 1_024, 2_048}) {
                    measure("measured", USUAL_REQUESTS / 2, tokens);
                }
            }
            default -> throw new IllegalArgumentException("'requests', 'tokens' or nothing, not '" + sweep + "'");
        }
    }

    private static void measure(String label, int requests, int outputTokens) {
        BenchmarkConfig config = config(requests, outputTokens);
        long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var result = new Benchmark().run(config, BenchmarkListener.SILENT, RecordSink.NONE, new StopSignal());
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore) / 1e9;
        if (!(result instanceof BenchmarkResult.Measured measured)) {
            throw new IllegalStateException("could not run: " + result);
        }
        RunMetrics metrics = measured.policies().getFirst().metrics();
        if (metrics.counts().completed() != requests) {
            throw new IllegalStateException("only " + metrics.counts().completed() + " of " + requests + " completed");
        }
        double perSecond = requests / cpuSeconds;
        System.out.printf(
                "%-8s %,9d requests x %,5d tokens in %6.2f CPU-seconds: %,8.0f requests/s, %,11.0f tokens/s of one core;"
                        + " %.2f x the goal of %,.0f requests/s; %,.0f x real time; heap at most %,d MiB%n",
                label,
                requests,
                outputTokens,
                cpuSeconds,
                perSecond,
                metrics.tokens().output() / cpuSeconds,
                perSecond / GOAL,
                GOAL,
                metrics.throughput().durationSeconds() / cpuSeconds,
                peakHeapMebibytes());
    }

    private static BenchmarkConfig config(int requests, int outputTokens) {
        double rate = USUAL_RATE_PER_SECOND
                * Math.min(
                        (double) USUAL_TOKENS / outputTokens,
                        (double) (USUAL_TOKENS + PROMPT_IN_TOKENS) / (outputTokens + PROMPT_IN_TOKENS));
        var workload = new WorkloadSpec(
                WorkloadSpec.Load.poisson(requests, rate),
                Weighted.always("default"),
                Weighted.always(Priority.NORMAL),
                Map.of(Priority.NORMAL, ServiceLevel.NONE),
                new LengthRange(50, 500),
                new LengthRange(outputTokens, outputTokens));
        Duration unlimited = Duration.ofDays(1);
        return new BenchmarkConfig(
                new Target.Simulated(),
                BenchmarkConfig.PolicySelection.of("fifo"),
                workload,
                new BenchmarkConfig.MeasuringConfig(0, 1, 1),
                new BenchmarkConfig.ClientConfig(unlimited, unlimited, unlimited, unlimited, true, true),
                new BenchmarkConfig.FleetConfig(
                        DefaultFleet.INSTANCES, DefaultFleet.PROFILE, Optional.of(DefaultFleet.MAX_NUM_SEQS)));
    }

    private static long peakHeapMebibytes() {
        long bytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        return bytes >> 20;
    }
}
