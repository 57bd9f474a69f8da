package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Panel.CountSeries;
import io.sagebench.report.chart.Panel.Histogram;
import java.awt.Color;
import java.awt.geom.Rectangle2D;

/// Draws how often values fall between edges.
final class HistogramPainter implements PanelPainter {
    private static final double ROOM = 0.25;
    private static final int SEE_THROUGH = 150;

    private final Histogram histogram;
    private final Looks looks;

    HistogramPainter(Histogram histogram, Looks looks) {
        this.histogram = histogram;
        this.looks = looks;
    }

    @Override
    public void paint(Ink ink, int width, int height) {
        double most = histogram.series().stream().flatMapToDouble(series -> series.counts().stream()).max().orElse(1);
        double[] edges = histogram.edges().toArray();
        var axes = new Axes(histogram.x(), Range.of(histogram.x(), edges, 0), histogram.y(), Range.of(histogram.y(), 0, most, ROOM), true, width, height);
        axes.paint(ink);
        double bottom = axes.plot().getMaxY();
        for (CountSeries series : histogram.series()) {
            Color colour = looks.colour(series.name());
            boolean several = histogram.series().size() > 1;
            ink.graphics().setColor(several ? new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), SEE_THROUGH) : colour);
            for (int bin = 0; bin < series.counts().size(); bin++) {
                double left = axes.x(edges[bin]);
                double right = axes.x(edges[bin + 1]);
                double top = axes.y(series.counts().at(bin));
                double gap = right - left > 4 ? 0.5 : 0;
                if (bottom > top) {
                    ink.graphics().fill(new Rectangle2D.Double(left + gap, top, right - left - 2 * gap, bottom - top));
                }
            }
        }
        Marks.upright(ink, axes, histogram.marks());
    }
}
