package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Panel;

/// Draws one panel into a rectangle that begins at the origin.
@FunctionalInterface
interface PanelPainter {
    void paint(Ink ink, int width, int height);

    static PanelPainter of(Panel panel, Looks looks) {
        return switch (panel) {
            case Panel.Bars bars -> new BarsPainter(bars, looks);
            case Panel.Lines lines -> new LinesPainter(lines, looks);
            case Panel.Scatter scatter -> new ScatterPainter(scatter, looks);
            case Panel.Histogram histogram -> new HistogramPainter(histogram, looks);
        };
    }
}
