package io.sagebench.benchmark;

import io.sagebench.journal.Journal;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.report.RecordSink;
import io.sagebench.report.ReportExtra;
import io.sagebench.report.ReportFiles;
import io.sagebench.report.ReportNames;
import io.sagebench.report.csv.SummaryCsv;
import io.sagebench.report.json.JsonReport;
import io.sagebench.report.json.RecordsFile;
import io.sagebench.report.terminal.ComparisonTable;
import io.sagebench.report.terminal.TerminalStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Prints and writes what came of a benchmark, in the forms of the program. Nothing that is there already is overwritten.
public final class BenchmarkReporter {
    private final FinishedBenchmark finished;
    private final List<ReportExtra> extras;

    /// @param extras write more beside the files, such as charts
    public BenchmarkReporter(FinishedBenchmark finished, ReportExtra... extras) {
        this.finished = finished;
        this.extras = List.of(extras);
    }

    /// Prints the table, and who did best: what the program prints.
    ///
    /// @param to for example `System.out`
    public void printSummary(Appendable to) throws IOException {
        to.append(new ComparisonTable(finished.report(), LoadLine.of(finished.config()), TerminalStyle.PLAIN).text());
    }

    /// Writes `report_<time>.json`, `summary_<time>.csv` and `requests_<time>.jsonl`, and what the extras add.
    ///
    /// @param directory made when it is missing
    /// @return the files, the report first
    public List<Path> saveAll(Path directory) throws IOException {
        ReportNames names = ReportNames.at(directory, finished.report().run().startedAt());
        ReportFiles files = ReportFiles.begin(names, false);
        writeRecords(files);
        BenchmarkReport report = finished.report().withRaw(files.raw());
        files.finish(report);
        var written = new ArrayList<>(names.all());
        for (ReportExtra extra : extras) {
            written.addAll(extra.write(report, names.directory()));
        }
        return written;
    }

    /// Writes the report as JSON, with every request in it.
    public void saveJson(Path file) throws IOException {
        new JsonReport(finished.report()).write(file, false);
    }

    /// Writes a line for each policy.
    public void saveCsv(Path file) throws IOException {
        new SummaryCsv(finished.report()).write(file, false);
    }

    /// Writes a line for each request.
    public void saveRecords(Path file) throws IOException {
        RecordsFile records = RecordsFile.begin(file, false);
        writeRecords(records);
        records.finish();
    }

    /// Those of a window together: opening one ends the window before.
    private void writeRecords(RecordSink to) {
        Optional<MeasuredWindow> last = Optional.empty();
        Journal journal = _ -> {};
        for (WindowRecord record : finished.records()) {
            if (!last.equals(Optional.of(record.window()))) {
                last = Optional.of(record.window());
                journal = to.open(record.window());
            }
            journal.write(record.request());
        }
    }
}
