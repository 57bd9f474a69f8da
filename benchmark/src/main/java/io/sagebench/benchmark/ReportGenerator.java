package io.sagebench.benchmark;

import io.sagebench.report.ReportExtra;
import io.sagebench.report.chart.draw.ChartFormat;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.visual.Form;
import io.sagebench.report.visual.VisualNames;
import io.sagebench.report.visual.Visuals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Makes the page, the Markdown text and the pictures of results. Nothing that is there already is overwritten.
public final class ReportGenerator {
    private final ResultsView view;

    private ReportGenerator(ResultsView view) {
        this.view = view;
    }

    /// Of a benchmark that was just run.
    public ReportGenerator(FinishedBenchmark finished) throws IOException {
        this(ResultsView.of(finished.report(), Path.of("")));
    }

    /// Of a results file of any kind: of a run, a comparison, a sweep, an experiment or an engine.
    ///
    /// @throws Unusable when the file is not there, cannot be read, or is no results file
    public static ReportGenerator of(Path results) throws Unusable {
        return new ReportGenerator(ResultsView.read(results));
    }

    /// For a [BenchmarkReporter]: `report_<run id>.html`, `report_<run id>.md` and the folder `charts_<run id>` beside the results.
    public static ReportExtra extra() {
        return (report, folder) -> new ReportGenerator(ResultsView.of(report, folder)).generateFullReport(folder, "report_" + report.run().id());
    }

    /// Writes one page that needs nothing else: of several policies, it compares them.
    public Path generateHtmlReport(Path file) throws IOException {
        write(new VisualNames(file, file, file), EnumSet.of(Form.HTML));
        return file;
    }

    /// Writes a Markdown text, without pictures.
    public Path generateMarkdownReport(Path file) throws IOException {
        write(new VisualNames(file, file, file), EnumSet.of(Form.MARKDOWN));
        return file;
    }

    /// Writes the page `NAME.html`, the text `NAME.md`, and the pictures that it shows.
    ///
    /// @param directory made when it is missing
    /// @param name      what the page and the text are called, without the ending
    /// @return all files, the page first
    public List<Path> generateFullReport(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        Visuals.Written written = write(VisualNames.beside(directory.resolve(name)), EnumSet.allOf(Form.class));
        var all = new ArrayList<>(written.files());
        all.addAll(written.charts());
        return all;
    }

    /// What the results lack, a sentence each; empty when all is there.
    public List<String> gaps() {
        return view.gaps();
    }

    private Visuals.Written write(VisualNames names, EnumSet<Form> forms) throws IOException {
        return new Visuals(view, names, false).write(forms, EnumSet.of(ChartFormat.PNG));
    }
}
