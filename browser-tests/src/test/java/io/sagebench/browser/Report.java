package io.sagebench.browser;

import io.sagebench.report.chart.book.ChartBook;
import io.sagebench.report.html.HtmlReport;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.view.ResultsView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Pages of results files.
final class Report {
    private Report() {}

    /// The page of a results file, beside it.
    static Path of(Path results) {
        try {
            ResultsView view = ResultsView.read(results);
            Path page = results.resolveSibling(results.getFileName().toString().replace(".json", ".html"));
            HtmlReport.of(view, ChartBook.of(view)).write(page, true);
            return page;
        } catch (IOException | Unusable broken) {
            throw new AssertionError(broken);
        }
    }

    /// The page of results with this text.
    static Path of(Path folder, String text) {
        try {
            return of(Files.writeString(folder.resolve("written.json"), text));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
