package io.sagebench.benchmark;

import io.sagebench.report.RecordSink;

/// Several benchmarks in a row of the same target, which is opened once: with the first of them, and for all of them.
///
/// In virtual time each has a target of its own, and several threads may run benchmarks at the same time; else one runs at a time.
@FunctionalInterface
public interface BenchmarkSeries extends AutoCloseable {

    /// Runs one of them, see [Benchmarks#run]. When no policy can be measured for want of what it needs, the result has none.
    BenchmarkResult run(BenchmarkConfig config, BenchmarkListener listener, RecordSink records, StopSignal stop);

    /// Gives the target back.
    @Override
    default void close() {}
}
