package io.sagebench.report.visual;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sagebench.report.NewFile;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.chart.book.ChartBook;
import io.sagebench.report.chart.book.Provenance;
import io.sagebench.report.chart.draw.ChartFiles;
import io.sagebench.report.chart.draw.ChartFormat;
import io.sagebench.report.html.HtmlReport;
import io.sagebench.report.markdown.MarkdownReport;
import io.sagebench.report.view.Digest.Picture;
import io.sagebench.report.view.ResultsView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Makes the files for people of one results file.
public final class Visuals {
    private final ResultsView view;
    private final VisualNames names;
    private final boolean replace;
    private final List<Plot> plots;

    /// @param names   what the files are called
    /// @param replace whether files of these names may be there already
    public Visuals(ResultsView view, VisualNames names, boolean replace) {
        this.view = view;
        this.names = names;
        this.replace = replace;
        this.plots = ChartBook.of(view);
    }

    /// What came of it.
    ///
    /// @param files   the page and the text, as far as they were asked for
    /// @param charts  the pictures
    /// @param missing charts that are not there, with the reason
    /// @param undrawn those of them that the results have the data for, and this machine could not draw
    public record Written(List<Path> files, List<Path> charts, List<NoChart> missing, List<NoChart> undrawn) {
        public Written {
            files = List.copyOf(files);
            charts = List.copyOf(charts);
            missing = List.copyOf(missing);
            undrawn = List.copyOf(undrawn);
        }
    }

    /// Writes them. The text shows the pictures when both are asked for, and names none else.
    ///
    /// @param formats of the pictures
    /// @throws IOException when a place cannot be written to, or a file is there already and may not be replaced; what was written until then stays
    public Written write(Set<Form> forms, Set<ChartFormat> formats) throws IOException {
        var files = new ArrayList<Path>();
        var charts = new ChartFiles.Written(List.of(), plots.stream().filter(NoChart.class::isInstance).map(NoChart.class::cast).toList());
        if (forms.contains(Form.CHARTS)) {
            charts = new ChartFiles(names.charts(), formats, replace, Provenance.policies(view), Provenance.line(view)).write(plots);
        }
        if (forms.contains(Form.HTML)) {
            HtmlReport.of(view, plots).write(names.html(), replace);
            files.add(names.html());
        }
        if (forms.contains(Form.MARKDOWN)) {
            NewFile.write(names.markdown(), MarkdownReport.text(view, pictures(charts.written())).getBytes(UTF_8), replace);
            files.add(names.markdown());
        }
        return new Written(files, charts.written(), charts.missing(), charts.missing().stream().filter(chart -> !plots.contains(chart)).toList());
    }

    /// One picture of each chart: PNG where there is one, which every viewer shows.
    private List<Picture> pictures(List<Path> written) {
        var shown = EnumSet.of(ChartFormat.PNG);
        if (written.stream().noneMatch(path -> isOf(path, shown))) {
            shown.add(ChartFormat.SVG);
        }
        var pictures = new ArrayList<Picture>();
        for (Path path : written) {
            if (isOf(path, shown)) {
                String stem = nameWithoutEnding(path);
                pictures.add(new Picture(title(stem), relative(path)));
            }
        }
        return pictures;
    }

    private static boolean isOf(Path path, Set<ChartFormat> formats) {
        return formats.stream().anyMatch(format -> path.toString().endsWith("." + format.extension()));
    }

    private String title(String stem) {
        return plots.stream()
                .filter(plot -> plot.stem().equals(stem))
                .flatMap(plot -> plot instanceof Chart chart ? Stream.of(chart.title()) : Stream.empty())
                .findFirst()
                .orElse(stem);
    }

    private static String nameWithoutEnding(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }

    private String relative(Path picture) {
        Path folder = names.markdown().toAbsolutePath().getParent();
        Path path = folder == null ? picture : folder.relativize(picture.toAbsolutePath());
        var parts = new ArrayList<String>();
        path.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
