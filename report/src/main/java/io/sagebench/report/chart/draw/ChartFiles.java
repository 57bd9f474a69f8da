package io.sagebench.report.chart.draw;

import io.sagebench.report.NewFile;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.sweep.SweepNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes charts as files `<stem>.<format>` into a folder, which is made when it is missing. Two charts never get one name, and nothing is
/// overwritten unasked.
///
/// @param folder   where they go
/// @param formats  each chart is written in each of them
/// @param replace  whether files of these names may be there already
/// @param policies all of the report, so that each has one colour in all its charts
/// @param source   what was measured, in a sentence under each chart; empty for none
public record ChartFiles(Path folder, Set<ChartFormat> formats, boolean replace, List<String> policies, String source) {
    private static final int LONGEST_NAME = 120;

    public ChartFiles {
        formats = Set.copyOf(formats);
        policies = List.copyOf(policies);
    }

    /// What came of it.
    ///
    /// @param written in the order of the charts
    /// @param missing charts that are not there, with the reason
    public record Written(List<Path> written, List<NoChart> missing) {
        public Written {
            written = List.copyOf(written);
            missing = List.copyOf(missing);
        }
    }

    /// Writes those that are charts.
    ///
    /// @throws IOException when the folder cannot be written to, or a file is there already and may not be replaced
    public Written write(List<Plot> plots) throws IOException {
        Files.createDirectories(folder);
        var written = new ArrayList<Path>();
        var missing = new ArrayList<NoChart>();
        var taken = new HashSet<String>();
        for (Plot plot : plots) {
            switch (plot) {
                case NoChart none -> missing.add(none);
                case Chart chart -> {
                    String name = freeName(chart.stem(), taken);
                    for (ChartFormat format : ChartFormat.values()) {
                        if (formats.contains(format)) {
                            one(chart, format, name, written, missing);
                        }
                    }
                }
            }
        }
        return new Written(written, missing);
    }

    private void one(Chart chart, ChartFormat format, String name, List<Path> written, List<NoChart> missing) throws IOException {
        byte[] bytes;
        try {
            bytes = new ChartPicture(chart, policies, source).bytes(format);
        } catch (LinkageError | InternalError noGraphics) { // a Java without AWT, or a machine without fonts: nothing that the results could mend
            missing.add(new NoChart(chart.stem(), "it cannot be drawn as " + format + " here, since this Java has no graphics or no fonts: " + noGraphics
                    + "; install fontconfig, a font such as DejaVu, and a Java with the module java.desktop"));
            return;
        }
        Path file = folder.resolve(name + "." + format.extension());
        NewFile.write(file, bytes, replace);
        written.add(file);
    }

    /// The stem as a file may be called, and another one when a chart has that already, also where capitals do not count.
    private static String freeName(String stem, Set<String> taken) {
        String whole = SweepNames.escaped(stem);
        String name = whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME);
        String free = name;
        for (int next = 2; !taken.add(free.toLowerCase(Locale.ROOT)); next++) {
            free = name + "_" + next;
        }
        return free;
    }
}
