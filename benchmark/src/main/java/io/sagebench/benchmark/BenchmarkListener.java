package io.sagebench.benchmark;

import io.sagebench.journal.RequestRecord;
import io.sagebench.report.TargetReport;

/// Is told how a benchmark goes. Called from the benchmark's threads, one call at a time but for [#ended]; returns quickly.
public interface BenchmarkListener {
    /// Hears nothing.
    BenchmarkListener SILENT = new BenchmarkListener() {};

    /// The target answered and will be measured.
    default void targetReady(TargetReport target) {}

    /// Of several benchmarks in a row, the next one begins; or in virtual time, where several run at the same time and tell nothing of themselves, one
    /// has ended.
    ///
    /// @param what  which, in a few words
    /// @param ended how many have
    /// @param all   how many there are; 0 when that is not known yet
    default void position(String what, int ended, int all) {}

    /// A policy is in force and its warm-up begins.
    ///
    /// @param requests how many warm-up requests there are, at least 1
    default void warmingUp(Turn turn, int requests) {}

    /// The measured window of a policy begins.
    default void measuring(Turn turn) {}

    /// Where the measured window is; a few times a second, and once at its end.
    default void progress(Progress progress) {}

    /// A measured request has ended. Called on the run's timeline, which must not wait, and beside the other calls.
    default void ended(Turn turn, RequestRecord record) {}

    /// Something a person should know that does not end the run.
    ///
    /// @param message one line
    default void note(String message) {}

    /// Both, this one first.
    default BenchmarkListener and(BenchmarkListener other) {
        return new BothListeners(this, other);
    }
}
