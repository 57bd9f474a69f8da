package io.sagebench.benchmark;

import io.sagebench.report.RecordSink;

/// Runs benchmarks.
@FunctionalInterface
public interface Benchmarks {

    /// Runs one benchmark to its end, or until it is asked to stop. Blocks; one run at a time.
    ///
    /// @param config   what to run
    /// @param listener is told how it goes, from other threads
    /// @param records  gets the record of each measured request
    /// @param stop     when it is requested, what is in flight is cancelled, and what was measured is the result
    BenchmarkResult run(BenchmarkConfig config, BenchmarkListener listener, RecordSink records, StopSignal stop);

    /// Begins several benchmarks in a row.
    ///
    /// @param target says what is measured; its load asks for every model that any of the benchmarks asks for
    default BenchmarkSeries series(BenchmarkConfig target) {
        return this::run;
    }
}
