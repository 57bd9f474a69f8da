package io.sagebench.report;

import io.sagebench.journal.Journal;
import io.sagebench.monitor.WatchedWindow;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.report.csv.SummaryCsv;
import io.sagebench.report.json.JsonReport;
import io.sagebench.report.json.MonitorFile;
import io.sagebench.report.json.RecordsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of one run: the report, the summary, and the records, which are written while the run goes on. Made before the load begins, so
/// that a place that cannot be written to is found then.
public final class ReportFiles implements RecordSink {
    private final ReportNames names;
    private final boolean replace;
    private final RecordsFile records;
    private final MonitorFile monitor;
    private final List<WindowRecord> inline = new ArrayList<>();
    private boolean tooManyForInline;

    private ReportFiles(ReportNames names, boolean replace, RecordsFile records) {
        this.names = names;
        this.replace = replace;
        this.records = records;
        this.monitor = new MonitorFile(names.monitor(), replace);
    }

    /// Begins the files, and makes their directory when it is missing.
    ///
    /// @param replace whether files of these names may be there already
    /// @throws IOException when the place cannot be written to, or a file is there already
    public static ReportFiles begin(ReportNames names, boolean replace) throws IOException {
        Files.createDirectories(names.directory());
        return new ReportFiles(names, replace, RecordsFile.begin(names.records(), replace));
    }

    @Override
    public Journal open(MeasuredWindow window) {
        return records.open(window).and(ended -> keep(new WindowRecord(window, ended)));
    }

    @Override
    public void watched(MeasuredWindow window, WatchedWindow seen) {
        monitor.add(window, seen);
    }

    private void keep(WindowRecord record) {
        if (tooManyForInline) {
            return;
        }
        if (inline.size() == RawResults.MOST_INLINE) {
            tooManyForInline = true;
            inline.clear();
            return;
        }
        inline.add(record);
    }

    /// Where the facts of the requests are; asked after the run.
    public RawResults raw() {
        return tooManyForInline
                ? new RawResults.InFile(names.records().getFileName().toString())
                : new RawResults.Inline(inline);
    }

    /// Finishes the records and writes the other files.
    public void finish(BenchmarkReport report) throws IOException {
        records.finish();
        new SummaryCsv(report).write(names.summary(), replace);
        new JsonReport(report, monitor.finish()).write(names.report(), replace);
    }

    /// Finishes only the records, for a run that has failed.
    ///
    /// @return the file with them; absent, and nothing is left, when there were none
    public Optional<Path> keepRecords() throws IOException {
        if (inline.isEmpty() && !tooManyForInline) {
            discard();
            return Optional.empty();
        }
        records.finish();
        monitor.finish();
        return Optional.of(names.records());
    }

    /// Removes what was begun: there is nothing to report.
    public void discard() throws IOException {
        monitor.discard();
        records.discard();
    }

    /// What they are called.
    public ReportNames names() {
        return names;
    }
}
