package io.sagebench.report.visual;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the files for people are called.
///
/// @param html     the page
/// @param markdown the text
/// @param charts   the folder of the pictures
public record VisualNames(Path html, Path markdown, Path charts) {
    private static final String REPORT = "report_";
    private static final String JSON = ".json";

    /// Those that lie beside a results file: `report_X.html`, `report_X.md` and `charts_X` beside `report_X.json`, and `NAME.html`, `NAME.md` and
    /// `NAME_charts` beside `NAME.json`.
    public static VisualNames beside(Path results) {
        String last = String.valueOf(results.getFileName());
        String stem = last.toLowerCase(Locale.ROOT).endsWith(JSON) ? last.substring(0, last.length() - JSON.length()) : last;
        String charts = stem.startsWith(REPORT) ? "charts_" + stem.substring(REPORT.length()) : stem + "_charts";
        return new VisualNames(results.resolveSibling(stem + ".html"), results.resolveSibling(stem + ".md"), results.resolveSibling(charts));
    }

    /// The documented names in a folder of their own: `benchmark_report.html`, `benchmark_report.md`, and the pictures by their stems.
    public static VisualNames in(Path folder) {
        return new VisualNames(folder.resolve("benchmark_report.html"), folder.resolve("benchmark_report.md"), folder);
    }

    /// Those of them that are there already, of these forms.
    public List<Path> taken(Set<Form> forms) {
        var taken = new ArrayList<Path>();
        if (forms.contains(Form.HTML) && Files.exists(html)) {
            taken.add(html);
        }
        if (forms.contains(Form.MARKDOWN) && Files.exists(markdown)) {
            taken.add(markdown);
        }
        return taken;
    }
}
