package io.sagebench.report.chart.draw;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;

/// A panel that XChart paints: grid, bars, lines and points. XChart also finds the ticks and tells where a value lies. What is to be read is written
/// here, so that it is text in SVG files, shows every letter, and can never be taken for TeX, which XChart does with what stands between dollars.
final class Frame {
    private static final int TOP = 8;
    private static final int RIGHT = 12;
    private static final int TITLE = 18;
    private static final int LABEL = 18;
    private static final int STEP_Y = 58;
    private static final int STEP_X = 96;
    private static final double AFTER_LABEL = 6;
    private static final double LINE = 13;
    private static final double MARGIN = 6; // points at the ends of an axis are whole
    private static final double FILLED_BY_BARS = 0.99;
    private static final double LABEL_Y = 24;
    private static final double LABEL_X = 44;
    private static final List<Long> ROUND = List.of(1L, 2L, 5L);

    private final AxesChart<?, ?> chart;
    private final Optional<Scale> x;
    private final Scale y;
    private final int left;
    private final int width;
    private final int height;
    private final double filled;

    /// @param x absent where something else than numbers is written below, which then has to leave room itself
    Frame(AxesChart<?, ?> chart, Optional<Scale> x, Scale y, int width, int height) {
        this.chart = chart;
        this.x = x;
        this.y = y;
        this.left = (int) Math.ceil(TITLE + y.widestLabel() + AFTER_LABEL);
        this.width = width - left - RIGHT;
        this.height = height - TOP - (x.isPresent() ? LABEL + TITLE : 0);
        this.filled = x.isPresent() ? 1 - 2 * MARGIN / this.height : FILLED_BY_BARS;
        AxesChartStyler styler = chart.getStyler();
        styler.setAxisTicksVisible(false).setAxisTitlesVisible(false).setPlotMargin(0).setPlotTicksMarksVisible(false);
        styler.setPlotGridLinesColor(Theme.GRID).setPlotGridLinesStroke(Theme.THIN).setPlotGridVerticalLinesVisible(x.isPresent());
        styler.setAxisTickLabelsFont(Theme.SMALL).setXAxisTickMarkSpacingHint(STEP_X).setYAxisTickMarkSpacingHint(STEP_Y);
        styler.setXAxisLogarithmicDecadeOnly(false).setYAxisLogarithmicDecadeOnly(false);
        styler.setYAxisMin(y.least()).setYAxisMax(y.most()).setYAxisLogarithmic(y.logarithmic()).setYAxisTickLabelsFormattingFunction(y::tried);
        x.ifPresent(across -> styler.setXAxisMin(across.least()).setXAxisMax(across.most()).setXAxisLogarithmic(across.logarithmic())
                .setXAxisTickLabelsFormattingFunction(across::tried));
        styler.setLegendVisible(false).setChartTitleVisible(false).setChartPadding(0).setPlotBorderVisible(false).setPlotContentSize(filled);
        styler.setChartBackgroundColor(Theme.GROUND).setPlotBackgroundColor(Theme.GROUND).setLocale(Locale.ROOT);
    }

    /// Paints the chart and its axes' numbers.
    void paint(Ink ink) {
        Graphics2D graphics = ink.graphics();
        AffineTransform before = graphics.getTransform();
        graphics.translate(left, TOP);
        chart.paint(graphics, width, height);
        graphics.setTransform(before);
        Rectangle2D plot = plot();
        graphics.setStroke(Theme.THIN);
        graphics.setColor(Theme.AXIS);
        graphics.draw(new Line2D.Double(plot.getMinX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY()));
        double free = Double.POSITIVE_INFINITY;
        for (double tick : labelled(y, height / LABEL_Y)) {
            double at = y(tick);
            if (at + LINE / 2 <= free) {
                ink.write(y.label(tick), Theme.SMALL, Theme.QUIET, left - AFTER_LABEL, at + 4, Ink.Side.RIGHT);
                free = at - LINE / 2;
            }
        }
        ink.writeTurned(Ink.fitting(y.axis().label(), Theme.TEXT, height + TOP), Theme.TEXT, Theme.QUIET, 12, plot.getCenterY(), Ink.Side.MIDDLE, -Math.PI / 2);
        x.ifPresent(across -> numbersBelow(ink, across, plot));
    }

    private void numbersBelow(Ink ink, Scale across, Rectangle2D plot) {
        double free = Double.NEGATIVE_INFINITY;
        double end = left + width + RIGHT;
        for (double tick : labelled(across, width / LABEL_X)) {
            String label = across.label(tick);
            double half = Ink.width(label, Theme.SMALL) / 2;
            double middle = Math.min(x(tick), end - half);
            if (middle - half > free) {
                ink.write(label, Theme.SMALL, Theme.QUIET, middle, TOP + height + 14, Ink.Side.MIDDLE);
                free = middle + half + AFTER_LABEL;
            }
        }
        String label = Ink.fitting(across.axis().label(), Theme.TEXT, end);
        ink.write(label, Theme.TEXT, Theme.QUIET, plot.getCenterX(), TOP + height + LABEL + TITLE - 3, Ink.Side.MIDDLE);
    }

    /// Of a logarithmic axis one, two and five times the powers of ten, and these alone where there is no room for all.
    private static List<Double> labelled(Scale scale, double room) {
        if (!scale.logarithmic()) {
            return scale.ticks();
        }
        List<Double> round = scale.ticks().stream().filter(tick -> ROUND.contains(mantissa(tick))).toList();
        List<Double> fitting = round.size() <= room ? round : round.stream().filter(tick -> mantissa(tick) == 1).toList();
        return fitting.size() < 2 ? scale.ticks() : fitting;
    }

    private static long mantissa(double value) {
        return Math.round(value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9)));
    }

    /// Where a value lies; of categories, the first lies between 0 and 1.
    double x(double value) {
        return left + chart.getScreenXFromChart(x.isPresent() ? Math.clamp(value, x.get().least(), x.get().most()) : value);
    }

    double y(double value) {
        return TOP + chart.getScreenYFromChart(Math.clamp(value, y.least(), y.most())); // beyond its ends XChart answers with the middle
    }

    /// Of the axes, in points.
    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// Between the ends of the lower axis.
    double plotWidth() {
        return width * filled;
    }

    /// Between the ends of the axes.
    Rectangle2D plot() {
        double top = y(y.most());
        return new Rectangle2D.Double(left + (width - plotWidth()) / 2, top, plotWidth(), y(y.least()) - top);
    }
}
