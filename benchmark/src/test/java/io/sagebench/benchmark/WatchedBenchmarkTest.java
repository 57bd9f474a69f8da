package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sagebench.benchmark.BenchmarkConfig.MeasuringConfig;
import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.benchmark.Serving.RunningServer;
import io.sagebench.benchmark.Serving.Served;
import io.sagebench.engine.fault.FailureInjection;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.journal.Journal;
import io.sagebench.live.monitor.GpuKind;
import io.sagebench.live.monitor.GpuSource;
import io.sagebench.live.monitor.GpuSources;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.MachineUse;
import io.sagebench.monitor.Sample;
import io.sagebench.monitor.WatchedWindow;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.RecordSink;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Machines are watched while policies are measured: what there is, not how many samples in which time.
@Timeout(120)
class WatchedBenchmarkTest {
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final Map<MeasuredWindow, WatchedWindow> watched = new LinkedHashMap<>();
    private final RecordSink sink = new RecordSink() {
        @Override
        public Journal open(MeasuredWindow window) {
            return _ -> {};
        }

        @Override
        public void watched(MeasuredWindow window, WatchedWindow seen) {
            watched.put(window, seen);
        }
    };

    private static BenchmarkConfig config(Target target, MonitorConfig monitor) {
        BenchmarkConfig plain = aBenchmark().of(target).policies("fifo", "priority").requests(20, 50).warmup(0).repeats(2).build();
        var measuring = new MeasuringConfig(0, 2, plain.seed(), Optional.empty(), false, monitor);
        return new BenchmarkConfig(plain.target(), plain.selection(), plain.workload(), measuring, plain.client(), plain.fleet());
    }

    private BenchmarkResult run(Target target, GpuKind gpus, URI... pages) {
        return new Benchmark().run(
                config(target, new MonitorConfig(gpus, OFTEN, List.of(pages), true)), BenchmarkListener.SILENT, sink, new StopSignal());
    }

    @Test
    void eachPolicyHasWhatWasSeenInItsOwnWindows() {
        var measured = (BenchmarkResult.Measured) run(new Target.Embedded(), GpuKind.MOCK);
        assertThat(measured.policies()).hasSize(2).allSatisfy(policy -> {
            GpuUse gpus = policy.machines().gpus().orElseThrow();
            assertThat(gpus.synthetic()).isTrue();
            assertThat(gpus.source()).isEqualTo("mock");
            assertThat(gpus.samples()).isPositive();
            assertThat(gpus.energy()).isPresent();
            assertThat(gpus.durationSeconds()).isPositive();
            assertThat(policy.machines().host()).isPresent();
            long samples = watched.entrySet().stream()
                    .filter(window -> window.getKey().policy().equals(policy.policy()))
                    .flatMap(window -> window.getValue().inside())
                    .filter(Sample.Gpu.class::isInstance)
                    .count();
            assertThat(samples).isEqualTo(gpus.samples());
        });
        assertThat(watched.keySet()).extracting(window -> window.policy() + window.repeat())
                .containsExactlyInAnyOrder("fifo1", "fifo2", "priority1", "priority2");
    }

    @Test
    void theGpusOfThisMachineSayNothingOfSimulatedEngines() {
        var measured = (BenchmarkResult.Measured) run(new Target.Embedded(), GpuKind.AUTO);
        assertThat(measured.policies()).allSatisfy(policy -> assertThat(policy.machines().gpus()).isEmpty());
    }

    @Test
    void inVirtualTimeNothingIsWatched() {
        var measured = (BenchmarkResult.Measured) run(new Target.Simulated(), GpuKind.MOCK);
        assertThat(measured.policies()).allSatisfy(policy -> assertThat(policy.machines()).isEqualTo(MachineUse.NONE));
        assertThat(watched).isEmpty();
    }

    @Test
    void aSourceThatIsAskedForAndNotThereEndsItBeforeTheLoad() {
        assumeTrue(GpuSources.open(GpuKind.NVML, OFTEN, true, 0) instanceof GpuSource.Opening.Absent, "this machine has GPUs");
        assertThat(run(new Target.Embedded(), GpuKind.NVML)).isInstanceOfSatisfying(BenchmarkResult.CouldNotRun.class, failed ->
                assertThat(failed.message()).startsWith("--gpu-monitor nvml: "));
        assertThatThrownBy(() -> GpuMonitor.open(GpuKind.NVML, OFTEN)).isInstanceOf(CouldNotMeasure.class);
    }

    @Test
    void pagesThatCannotBeReadAreCountedAndNamed() {
        URI page = URI.create("http://127.0.0.1:9/metrics"); // discard: nobody listens there
        var measured = (BenchmarkResult.Measured) run(new Target.Embedded(), GpuKind.NONE, page);
        assertThat(measured.policies()).allSatisfy(policy -> assertThat(policy.machines().scraped()).singleElement().satisfies(scraped -> {
            assertThat(scraped.url()).isEqualTo(page.toString());
            assertThat(scraped.samples()).isZero();
            assertThat(scraped.failures()).isPositive();
            assertThat(scraped.lastFailure()).hasValueSatisfying(why -> assertThat(why).startsWith("it did not answer"));
        }));
    }

    @Test
    void thePageOfAnEngineTellsItsLoad() {
        var engine = new MockEngineConfig(
                "127.0.0.1", 0, 1 << 24, new EngineKind.Stepwise(EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow()), List.of("m"),
                FaultPlan.NONE, FailureInjection.NONE, MockEngineOptions.DEFAULT, 1);
        if (!(new LocalServing(_ -> {}).mockEngine(engine) instanceof Served.Listening(RunningServer server))) {
            throw new AssertionError("it does not listen");
        }
        try (server) {
            var measured = (BenchmarkResult.Measured) run(new Target.Embedded(), GpuKind.NONE, server.url().resolve("/metrics"));
            assertThat(measured.policies()).allSatisfy(policy -> assertThat(policy.machines().scraped()).singleElement().satisfies(page -> {
                assertThat(page.kind()).isEqualTo("vllm");
                assertThat(page.samples()).isPositive();
                assertThat(page.failures()).isZero();
                assertThat(page.running()).hasValueSatisfying(running -> assertThat(running.most()).isZero());
            }));
        }
    }

    @Test
    void aJavaProgramCanWatchByItself() {
        try (var monitor = GpuMonitor.open(GpuKind.MOCK, OFTEN)) {
            assertThat(monitor.summary()).isEmpty();
            monitor.start();
            monitor.stop();
            assertThat(monitor.samples()).allMatch(sample -> sample.device().synthetic());
            assertThat(monitor.summary().map(GpuUse::samples).orElse(0L)).isEqualTo(monitor.samples().size());
            monitor.start();
            assertThat(monitor.samples()).as("of the window that ended").isNotNull();
        }
        try (var monitor = GpuMonitor.open(GpuKind.NONE, OFTEN)) {
            monitor.start();
            monitor.stop();
            assertThat(monitor.samples()).isEmpty();
            assertThat(monitor.summary()).isEmpty();
        }
    }
}
