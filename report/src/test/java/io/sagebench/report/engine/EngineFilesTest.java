package io.sagebench.report.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFilesTest {
    private static final EngineWindow WINDOW =
            Records.window(EngineWindow.Use.UNKNOWN, Records.answer(0, 0, 0, OptionalInt.of(128), 40, 52));

    @TempDir
    private Path directory = Path.of("unset");

    private void write(EngineFiles files, String workload) throws IOException {
        EngineMetrics metrics = EngineMeter.of(List.of(WINDOW));
        files.write(Map.of("backend", "mock"));
        files.write(workload, metrics, List.of(WINDOW));
        files.write(new EngineSummary(Map.of(workload, metrics), Map.of(), Optional.empty()));
    }

    @Test
    void haveTheDocumentedNames() throws IOException {
        write(new EngineFiles(directory.resolve("new"), false, List.of("short_input")), "short_input");
        try (var there = Files.list(directory.resolve("new"))) {
            assertThat(there.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "config.json", "short_input_metrics.json", "short_input_requests.jsonl", "benchmark_summary.json", "REPORT.md");
        }
    }

    @Test
    void thoseOfAnEarlierRunAreMovedAwayWhole() throws IOException {
        write(new EngineFiles(directory, false, List.of("long_input")), "long_input");
        Files.writeString(directory.resolve("of_somebody_else.json"), "{}");
        try (var there = Files.list(directory)) {
            for (Path file : there.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
            }
        }
        var files = new EngineFiles(directory, false, List.of("short_input"));
        write(files, "short_input");
        Path earlier = directory.resolve("earlier_20260102_030405");
        assertThat(files.earlier()).hasValue(earlier);
        assertThat(earlier.resolve("long_input_metrics.json")).exists();
        assertThat(earlier.resolve("benchmark_summary.json")).exists();
        assertThat(directory.resolve("long_input_metrics.json")).doesNotExist();
        assertThat(directory.resolve("of_somebody_else.json")).exists();
    }

    @Test
    void areReplacedWhenThatIsAskedFor() throws IOException {
        write(new EngineFiles(directory, false, List.of("short_input")), "short_input");
        var files = new EngineFiles(directory, true, List.of("short_input"));
        write(files, "short_input");
        assertThat(files.earlier()).isEmpty();
        assertThat(directory.resolve("short_input_metrics.json")).exists();
    }

    @Test
    void nothingIsTouchedBeforeThereIsSomethingToWrite() throws IOException {
        write(new EngineFiles(directory, false, List.of("short_input")), "short_input");
        new EngineFiles(directory, false, List.of("short_input"));
        assertThat(directory.resolve("short_input_metrics.json")).exists();
    }
}
