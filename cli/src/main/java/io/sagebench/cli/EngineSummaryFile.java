package io.sagebench.cli;

import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineSummary;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A results file of the engine benchmark.
final class EngineSummaryFile {
    /// Where a run leaves it unless told otherwise.
    static final Path USUAL = Path.of("benchmark_results", "benchmark_summary.json");

    private EngineSummaryFile() {}

    /// A file cannot be used; the message says why and what to do.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;

        Unusable(String reason) {
            super(reason);
            this.reason = reason;
        }

        /// For people.
        String reason() {
            return reason;
        }
    }

    /// Reads a summary, or the figures of one workload.
    static EngineSummary read(Path path) throws Unusable {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException _) {
            throw new Unusable("File not found: " + path + ". Run the benchmark first: sage-bench engine run --workload m1 --backend mock");
        } catch (CharacterCodingException _) {
            throw new Unusable("Invalid JSON file: " + path + " is not UTF-8 text");
        } catch (IOException failed) {
            throw new Unusable(path + " cannot be read: " + failed.getClass().getSimpleName());
        }
        return switch (EngineJson.read(text, name(path))) {
            case EngineJson.Reading.Read(EngineSummary summary) -> summary;
            case EngineJson.Reading.Invalid(String why) -> throw new Unusable("Invalid JSON file: " + path + ": " + why);
            case EngineJson.Reading.Other(String why) -> throw new Unusable(path + " is no results file of the engine benchmark: " + why);
        };
    }

    /// The workload that a file of figures is about.
    static String name(Path path) {
        return String.valueOf(path.getFileName()).replaceFirst("(_metrics)?\\.json$", "");
    }
}
