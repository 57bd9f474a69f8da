package io.sagebench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.request.Outcome;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void stampsNamesInADirectoryWithTheTimeInUtc() {
        ReportNames names = ReportNames.at(directory, SampleReport.BEGAN);
        assertThat(names.all().stream().map(path -> path.getFileName().toString()))
                .containsExactly(
                        "report_20260102_030405.json", "summary_20260102_030405.csv", "requests_20260102_030405.jsonl");
    }

    @Test
    void takesTheNextFreeNamesWhenTwoRunsBeginInTheSameSecond() throws IOException {
        Files.createFile(directory.resolve("summary_20260102_030405.csv"));
        assertThat(ReportNames.at(directory, SampleReport.BEGAN).report()).hasFileName("report_20260102_030405_2.json");
    }

    @Test
    void putsTheSiblingsOfANamedFileBesideIt() {
        ReportNames names = ReportNames.at(directory.resolve("aegaeon.json"), SampleReport.BEGAN);
        assertThat(names.directory()).isEqualTo(directory);
        assertThat(names.all())
                .containsExactly(
                        directory.resolve("aegaeon.json"),
                        directory.resolve("aegaeon_summary.csv"),
                        directory.resolve("aegaeon_requests.jsonl"));
    }

    @Test
    void leavesExactlyTheThreeFiles() throws IOException {
        ReportFiles files = ReportFiles.begin(ReportNames.at(directory.resolve("new"), SampleReport.BEGAN), false);
        files.open(SampleReport.WINDOW).write(SampleReport.request(1, new Outcome.Completed()));
        files.finish(SampleReport.of(files.raw(), SampleReport.policy("fifo", 95.2, 0.7, 0, 0, 0)));
        try (Stream<Path> there = Files.list(directory.resolve("new"))) {
            assertThat(there).containsExactlyInAnyOrderElementsOf(files.names().all());
        }
        assertThat(Files.readAllLines(files.names().records())).hasSize(1);
    }

    @Test
    void leavesNothingWhenThereIsNothingToReport() throws IOException {
        ReportFiles files = ReportFiles.begin(ReportNames.at(directory, SampleReport.BEGAN), false);
        files.discard();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void keepsTheRecordsOfARunThatFailed() throws IOException {
        ReportFiles files = ReportFiles.begin(ReportNames.at(directory, SampleReport.BEGAN), false);
        files.open(SampleReport.WINDOW).write(SampleReport.request(1, new Outcome.Completed()));
        assertThat(files.keepRecords()).contains(files.names().records());
        assertThat(Files.readAllLines(files.names().records())).hasSize(1);

        ReportFiles empty = ReportFiles.begin(ReportNames.at(directory.resolve("none.json"), SampleReport.BEGAN), false);
        assertThat(empty.keepRecords()).isEmpty();
        assertThat(empty.names().records()).doesNotExist();
    }

    @Test
    void holdsUpToTenThousandRequestsItself() throws IOException {
        ReportFiles files = ReportFiles.begin(ReportNames.at(directory, SampleReport.BEGAN), false);
        var journal = files.open(SampleReport.WINDOW);
        for (int i = 0; i < RawResults.MOST_INLINE; i++) {
            journal.write(SampleReport.request(i, new Outcome.Cancelled()));
        }
        assertThat(files.raw()).isInstanceOf(RawResults.Inline.class);
        journal.write(SampleReport.request(10_000, new Outcome.Cancelled()));
        assertThat(files.raw()).isEqualTo(new RawResults.InFile("requests_20260102_030405.jsonl"));
        files.discard();
    }

    @Test
    void overwritesNothingUnlessToldTo() throws IOException {
        Path report = Files.writeString(directory.resolve("a.json"), "mine");
        ReportNames names = ReportNames.at(report, SampleReport.BEGAN);
        assertThat(names.taken()).containsExactly(report);
        ReportFiles refused = ReportFiles.begin(names, false);
        assertThatThrownBy(() -> refused.finish(SampleReport.of())).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(report).hasContent("mine");

        ReportFiles.begin(names, true).finish(SampleReport.of());
        assertThat(Files.readString(report)).startsWith("{");
    }
}
