package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkResult.CouldNotRun;
import io.sagebench.benchmark.BenchmarkResult.Measured;
import io.sagebench.benchmark.config.Documented;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.RawResults.Inline;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.report.RecordSink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Runs a benchmark for a Java program:
///
/// ```java
/// FinishedBenchmark finished = new BenchmarkRunner(config).run();
/// new BenchmarkReporter(finished).printSummary(System.out);
/// ```
///
/// One for LLM and hybrid loads alike: the configuration says which.
public final class BenchmarkRunner {
    private final BenchmarkConfig config;
    private final BenchmarkListener listener;
    private final StopSignal stop;
    private final Benchmarks benchmarks;

    /// One that tells nobody how it goes, and runs to its end.
    public BenchmarkRunner(BenchmarkConfig config) {
        this(config, BenchmarkListener.SILENT, new StopSignal());
    }

    /// @param listener is told how it goes, from other threads
    /// @param stop     when it is requested, what is in flight is cancelled, and what was measured is the result
    public BenchmarkRunner(BenchmarkConfig config, BenchmarkListener listener, StopSignal stop) {
        this(config, listener, stop, new Benchmark());
    }

    BenchmarkRunner(BenchmarkConfig config, BenchmarkListener listener, StopSignal stop, Benchmarks benchmarks) {
        this.config = config;
        this.listener = listener;
        this.stop = stop;
        this.benchmarks = benchmarks;
    }

    /// Runs it, and keeps the record of each request in memory: about a kilobyte each. Blocks until it has ended.
    ///
    /// @throws CouldNotMeasure when nothing could be measured
    public FinishedBenchmark run() {
        var kept = new ArrayList<WindowRecord>();
        FinishedBenchmark finished = run(window -> ended -> {
            synchronized (kept) {
                kept.add(new WindowRecord(window, ended));
            }
        });
        return new FinishedBenchmark(config, finished.report().withRaw(new Inline(kept)), kept);
    }

    /// Runs it without keeping records, for millions of requests.
    ///
    /// @param records gets the record of each measured request as it ends; [io.sagebench.report.json.RecordsFile] writes them to a file
    /// @throws CouldNotMeasure when nothing could be measured
    public FinishedBenchmark run(RecordSink records) {
        var startedAt = InstantSource.system().instant();
        return switch (benchmarks.run(config, listener, records, stop)) {
            case CouldNotRun(String message) -> throw new CouldNotMeasure(message);
            case Measured measured when measured.policies().isEmpty() ->
                throw new CouldNotMeasure("stopped before anything was measured");
            case Measured measured -> new FinishedBenchmark(
                    config,
                    new BenchmarkReport(
                            BuildInfo.read(),
                            RunFacts.ofProgram(config.seed(), startedAt, measured.interrupted()),
                            measured.target(),
                            Documented.of(config),
                            config.workload().isHybrid(),
                            measured.policies(),
                            measured.notRun(),
                            new Inline(List.of())),
                    List.of());
        };
    }
}
