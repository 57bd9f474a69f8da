package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.Benchmarks;
import io.sagebench.benchmark.LoadLine;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import java.time.InstantSource;

/// Several benchmarks that answer one question.
public interface Experiment {
    /// What it is called, and its result file after it.
    String name();

    /// The benchmark that it varies.
    BenchmarkConfig base();

    /// What it asks for, in a line for people.
    default String configLine() {
        ConfigLine line = LoadLine.of(base());
        String mix = variesMix() || line.mix().isEmpty() ? "" : " | " + line.mix();
        return load() + mix + " | Models: " + String.join(", ", line.models());
    }

    /// The load of each of its measurements, in words, for example `500 requests at each rate`.
    default String load() {
        return LoadLine.of(base()).load();
    }

    /// Whether it varies the mix of prompts and texts to embed.
    default boolean variesMix() {
        return false;
    }

    /// Runs it to its end, or until it is asked to stop. Blocks.
    Outcome run(Surroundings surroundings);

    /// What an experiment needs beside its configuration.
    ///
    /// @param runner   runs the benchmarks
    /// @param listener is told how it goes, from other threads
    /// @param stop     when it is requested, what was measured whole is the result
    /// @param clock    when it began and ended
    record Surroundings(Benchmarks runner, BenchmarkListener listener, StopSignal stop, InstantSource clock) {}

    /// How it ended.
    sealed interface Outcome {
        /// Something was measured.
        record Finished(ExperimentResult result) implements Outcome {}

        /// Nothing was.
        ///
        /// @param message     why, for people
        /// @param interrupted whether because it was asked to stop
        record NothingMeasured(String message, boolean interrupted) implements Outcome {}
    }
}
