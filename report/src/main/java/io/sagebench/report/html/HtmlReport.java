package io.sagebench.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.sagebench.report.NewFile;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.ResultsView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A results file as one page that opens anywhere: which policy, at what load, and why; then tables, charts, single requests, and how it was measured.
public final class HtmlReport {
    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(null, ContentType.Html, HtmlReport.class.getClassLoader(), HtmlReport.class.getPackageName());

    private final Page page;

    private HtmlReport(Page page) {
        this.page = page;
    }

    /// Of results of any kind.
    ///
    /// @param plots its charts, as `ChartBook` makes them
    public static HtmlReport of(ResultsView view, List<Plot> plots) {
        return new HtmlReport(new PageParts(view, plots).page());
    }

    /// The whole page.
    public String text() {
        var output = new StringOutput();
        TEMPLATES.render("report.jte", page, output);
        return output.toString();
    }

    /// Writes it, whole or not at all.
    ///
    /// @param replace whether a file of that name may be there already
    /// @throws java.nio.file.FileAlreadyExistsException when one is and may not
    public void write(Path target, boolean replace) throws IOException {
        NewFile.write(target, text().getBytes(UTF_8), replace);
    }
}
