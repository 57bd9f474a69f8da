package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel.CountSeries;
import io.sagebench.report.chart.Panel.Histogram;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import java.awt.Color;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Paints panels over two axes of numbers: lines, points, histograms.
final class NumberPanels {
    private static final double ROOM = 0.06;
    private static final double ROOM_OVER_BARS = 0.25;
    private static final int FEW = 40;
    private static final int LARGE = 8;
    private static final int SMALL = 5;
    private static final int SEE_THROUGH = 150;
    private static final double ODD = 0.137;

    private final Ink ink;
    private final Looks looks;
    private final int width;
    private final int height;

    NumberPanels(Ink ink, Looks looks, int width, int height) {
        this.ink = ink;
        this.looks = looks;
        this.width = width;
        this.height = height;
    }

    void paint(Lines lines) {
        DoubleStream marks = lines.marks().stream().filter(mark -> !mark.upright()).mapToDouble(Mark::value);
        Scale x = Scale.of(lines.x(), lines.series().stream().flatMapToDouble(line -> line.x().stream()), 0, 0);
        Scale y = Scale.of(lines.y(), DoubleStream.concat(lines.series().stream().flatMapToDouble(line -> line.y().stream()), marks), ROOM,
                lines.y().most().isPresent() ? ROOM / 2 : 0);
        XYChart chart = chart(x, y);
        var frame = new Frame(chart, Optional.of(x), y, width - Marks.space(lines.marks()), height);
        for (LineSeries line : lines.series()) {
            boolean points = line.style() == LineStyle.POINTS;
            Color colour = line.style() == LineStyle.DASHED ? Theme.MARK : looks.colour(line.name());
            added(chart, points ? Polyline.of(line.x(), line.y(), x, y) : Polyline.smooth(line, x, y, frame), colour).ifPresent(drawn -> drawn
                    .setSmooth(!points)
                    .setMarker(points ? looks.marker(line.name()) : SeriesMarkers.NONE)
                    .setLineStyle(line.style() == LineStyle.DASHED ? Looks.comparison() : points ? looks.plain(line.name()) : looks.stroke(line.name())));
            if (!points) {
                added(chart, Polyline.alone(line, x, y), colour).ifPresent(drawn -> drawn.setMarker(looks.marker(line.name())).setLineStyle(SeriesLines.NONE));
            }
        }
        frame.paint(ink);
        Marks.across(ink, frame, y, lines.marks());
        Marks.upright(ink, frame, x, lines.marks());
    }

    void paint(Scatter scatter) {
        Scale x = Scale.of(scatter.x(), DoubleStream.concat(scatter.series().stream().flatMapToDouble(series -> series.x().stream()),
                scatter.box().stream().mapToDouble(box -> box.x())), 0, scatter.x().most().isPresent() ? 0 : 0.08);
        Scale y = Scale.of(scatter.y(), DoubleStream.concat(scatter.series().stream().flatMapToDouble(series -> series.y().stream()),
                scatter.box().stream().mapToDouble(box -> box.y())), ROOM, scatter.y().most().isPresent() ? 0.04 : 0);
        boolean few = scatter.series().stream().anyMatch(series -> !series.labels().isEmpty())
                || scatter.series().stream().mapToInt(series -> series.x().size()).sum() <= FEW;
        XYChart chart = chart(x, y);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarkerSize(few ? LARGE : SMALL);
        var frame = new Frame(chart, Optional.of(x), y, width, height);
        for (PointSeries series : scatter.series()) {
            Color colour = looks.colour(series.name());
            added(chart, Polyline.of(series.x(), series.y(), x, y), few ? colour : seeThrough(colour)).ifPresent(drawn -> drawn.setMarker(looks.shape(series.name())));
        }
        frame.paint(ink);
        Beside.paint(ink, frame, scatter);
    }

    void paint(Histogram histogram) {
        double[] edges = histogram.edges().toArray();
        Scale x = Scale.of(histogram.x(), DoubleStream.of(edges), 0, 0);
        DoubleStream counts = histogram.series().stream().flatMapToDouble(series -> series.counts().stream());
        Scale y = Scale.of(histogram.y(), DoubleStream.concat(counts, DoubleStream.of(0)), ROOM_OVER_BARS, 0);
        XYChart chart = chart(x, y);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        var frame = new Frame(chart, Optional.of(x), y, width, height);
        for (CountSeries series : histogram.series()) {
            Color colour = looks.colour(series.name());
            double[] heights = Arrays.copyOf(series.counts().toArray(), edges.length); // the last step falls to zero
            XYSeries drawn = chart.addSeries(name(chart), edges, heights);
            drawn.setMarker(SeriesMarkers.NONE).setLineStyle(SeriesLines.NONE);
            drawn.setFillColor(histogram.series().size() > 1 ? seeThrough(colour) : colour);
        }
        frame.paint(ink);
        Marks.upright(ink, frame, x, histogram.marks());
    }

    private static Color seeThrough(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), SEE_THROUGH);
    }

    /// One without series, but for what keeps XChart from having ticks only where there are points, which it does when these lie evenly.
    private static XYChart chart(Scale x, Scale y) {
        var chart = new XYChart(1, 1);
        double[] acrossOdd = {x.least(), x.at(ODD), x.most()};
        double[] upOdd = {y.least(), y.at(ODD), y.most()};
        chart.addSeries(name(chart), acrossOdd, upOdd).setEnabled(false);
        return chart;
    }

    private static Optional<XYSeries> added(XYChart chart, Polyline points, Color colour) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        XYSeries series = chart.addSeries(name(chart), points.xs(), points.ys());
        series.setMarkerColor(colour).setLineColor(colour);
        return Optional.of(series);
    }

    /// XChart wants one that no other series has.
    private static String name(XYChart chart) {
        return "series " + chart.getSeriesCollection().size();
    }
}
