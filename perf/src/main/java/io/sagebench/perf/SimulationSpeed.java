package io.sagebench.perf;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.BenchmarkResult;
import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.Target;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.report.RecordSink;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many requests of 128 output tokens are simulated per second of one core, with everything a real comparison does: plan, control plane,
/// engines, records and metrics.
public final class SimulationSpeed {
    private static final double GOAL = 100_000;

    private SimulationSpeed() {}

    /// @param args the number of requests, by default 200,000
    public static void main(String[] args) {
        int requests = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        measure(requests / 10, "warm-up");
        measure(requests, "measured");
    }

    private static void measure(int requests, String label) {
        var workload = new WorkloadSpec(
                new WorkloadSpec.Load.Generated(requests, 90, WorkloadSpec.Load.Pattern.POISSON),
                Weighted.always("default"),
                Weighted.always(Priority.NORMAL),
                Map.of(Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofSeconds(1))),
                new LengthRange(50, 500),
                new LengthRange(128, 128));
        var config = new BenchmarkConfig(
                new Target.Simulated(),
                List.of("fifo"),
                workload,
                0,
                new BenchmarkConfig.ClientConfig(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        true,
                        true),
                new BenchmarkConfig.FleetConfig(
                        DefaultFleet.INSTANCES, DefaultFleet.PROFILE, Optional.of(DefaultFleet.MAX_NUM_SEQS)),
                FaultPlan.NONE,
                1,
                1,
                Optional.empty());
        long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        var result = new Benchmark().run(config, BenchmarkListener.SILENT, RecordSink.NONE, new StopSignal());
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore) / 1e9;
        if (!(result instanceof BenchmarkResult.Measured measured)) {
            throw new IllegalStateException("could not run: " + result);
        }
        var metrics = measured.policies().getFirst().metrics();
        double perSecond = metrics.counts().total() / cpuSeconds;
        System.out.printf(
                "%-8s %,d requests, %,d tokens in %.2f CPU-seconds: %,.0f requests/s of one core, %.2f x the goal of %,.0f;"
                        + " %.0f x real time%n",
                label,
                metrics.counts().total(),
                metrics.tokens().output(),
                cpuSeconds,
                perSecond,
                perSecond / GOAL,
                GOAL,
                metrics.throughput().durationSeconds() / cpuSeconds);
    }
}
