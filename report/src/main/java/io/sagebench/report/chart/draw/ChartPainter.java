package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// Draws a whole chart: title, legend, panels, caption and where it comes from.
final class ChartPainter {
    private static final String MADE_UP = "SYNTHETIC";

    private final Chart chart;
    private final Looks looks;
    private final Layout layout;

    ChartPainter(Chart chart, List<String> policies, String source) {
        this.chart = chart;
        this.looks = new Looks(chart, policies);
        this.layout = Layout.of(chart, looks.legend(chart), source);
    }

    int width() {
        return layout.width();
    }

    int height() {
        return layout.height();
    }

    void paint(Ink ink) {
        Graphics2D graphics = ink.graphics();
        graphics.setColor(Theme.GROUND);
        graphics.fill(new Rectangle2D.Double(0, 0, layout.width(), layout.height()));
        int y = Theme.PAD;
        for (String line : layout.titleLines()) {
            ink.write(line, Theme.TITLE, Theme.INK, Theme.PAD, y + 15, Ink.Side.LEFT);
            y += Layout.TITLE_LINE;
        }
        legend(ink, y);
        panels(ink);
        int rows = (chart.panels().size() + layout.columns() - 1) / layout.columns();
        y = layout.panelsTop() + rows * (layout.panelHeight() + Theme.GAP) + 8;
        for (String line : layout.captionLines()) {
            ink.write(line, Theme.TEXT, Theme.QUIET, Theme.PAD, y, Ink.Side.LEFT);
            y += Theme.LINE;
        }
        for (String line : layout.sourceLines()) {
            ink.write(line, Theme.SMALL, Theme.MARK, Theme.PAD, y + 2, Ink.Side.LEFT);
            y += Theme.LINE;
        }
        if (chart.synthetic()) {
            madeUp(ink);
        }
    }

    private void legend(Ink ink, int top) {
        double y = top + 13;
        for (List<String> row : layout.legendRows()) {
            double x = Theme.PAD;
            for (String name : row) {
                swatch(ink.graphics(), name, x, y - 4);
                ink.write(Layout.entry(name), Theme.TEXT, Theme.INK, x + Layout.SWATCH, y, Ink.Side.LEFT);
                x += Layout.entryWidth(name);
            }
            y += Layout.LEGEND_ROW;
        }
    }

    private void swatch(Graphics2D graphics, String name, double x, double y) {
        graphics.setColor(looks.colour(name));
        switch (style(name)) {
            case BAR -> graphics.fill(new Rectangle2D.Double(x + 8, y - 5, 11, 11));
            case POINT -> looks.shape(name).paint(graphics, x + 13, y, 9);
            case LINE -> line(graphics, name, x, y);
            case MARKED -> {
                graphics.setStroke(Looks.solid());
                graphics.draw(new Line2D.Double(x, y, x + Layout.SWATCH - 5, y));
                looks.shape(name).paint(graphics, x + 10.5, y, 8);
            }
            case COMPARISON -> {
                graphics.setColor(Theme.MARK);
                graphics.setStroke(Looks.comparison());
                graphics.draw(new Line2D.Double(x, y, x + Layout.SWATCH - 5, y));
            }
        }
    }

    private void line(Graphics2D graphics, String name, double x, double y) {
        graphics.setStroke(looks.stroke(name));
        graphics.draw(new Line2D.Double(x, y, x + Layout.SWATCH - 5, y));
    }

    private enum Swatch {
        BAR,
        POINT,
        LINE,
        MARKED,
        COMPARISON
    }

    /// As the name is drawn in the first panel that has it.
    private Swatch style(String name) {
        for (Panel panel : chart.panels()) {
            switch (panel) {
                case Panel.Lines lines -> {
                    for (LineSeries line : lines.series()) {
                        if (line.name().equals(name)) {
                            return line.style() == LineStyle.POINTS ? Swatch.MARKED : line.style() == LineStyle.DASHED ? Swatch.COMPARISON : Swatch.LINE;
                        }
                    }
                }
                case Panel.Scatter scatter -> {
                    if (scatter.series().stream().anyMatch(series -> series.name().equals(name))) {
                        return Swatch.POINT;
                    }
                }
                case Panel.Bars _, Panel.Histogram _ -> {}
            }
        }
        return Swatch.BAR;
    }

    private void panels(Ink ink) {
        Graphics2D graphics = ink.graphics();
        for (int i = 0; i < chart.panels().size(); i++) {
            Panel panel = chart.panels().get(i);
            int x = Theme.PAD + i % layout.columns() * (layout.panelWidth() + Theme.GAP);
            int y = layout.panelsTop() + i / layout.columns() * (layout.panelHeight() + Theme.GAP);
            int titled = panel.title().isEmpty() ? 0 : Layout.PANEL_TITLE;
            ink.write(Ink.fitting(panel.title(), Theme.PANEL, layout.panelWidth()), Theme.PANEL, Theme.INK, x + 4, y + 13, Ink.Side.LEFT);
            AffineTransform before = graphics.getTransform();
            graphics.translate(x, y + titled);
            panel(ink, panel, layout.panelWidth(), layout.panelHeight() - titled);
            graphics.setTransform(before);
        }
    }

    private void panel(Ink ink, Panel panel, int width, int height) {
        var numbers = new NumberPanels(ink, looks, width, height);
        switch (panel) {
            case Panel.Bars bars -> new BarsPanel(bars, looks, BarsPanel.labels(chart, bars)).paint(ink, width, height);
            case Panel.Lines lines -> numbers.paint(lines);
            case Panel.Scatter scatter -> numbers.paint(scatter);
            case Panel.Histogram histogram -> numbers.paint(histogram);
        }
    }

    private void madeUp(Ink ink) {
        Font large = Theme.TITLE.deriveFont((float) (layout.width() * 0.7 / Ink.width(MADE_UP, Theme.TITLE) * Theme.TITLE.getSize2D()));
        ink.writeTurned(MADE_UP, large, Theme.MADE_UP, layout.width() / 2.0, layout.height() * 0.58, Ink.Side.MIDDLE, -Math.PI / 12);
    }
}
