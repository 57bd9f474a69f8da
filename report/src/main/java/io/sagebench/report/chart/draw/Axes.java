package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Axis;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/// A pair of axes: where numbers lie in the picture, the lines at round numbers, and what the axes count.
final class Axes {
    private static final int TOP = 8;
    private static final int RIGHT = 12;
    private static final int TITLE = 18;
    private static final int LABEL = 18;
    private static final double STEP_Y = 42;
    private static final double STEP_X = 74;
    private static final double AFTER_LABEL = 6;

    private final Axis xAxis;
    private final Axis yAxis;
    private final Range x;
    private final Range y;
    private final Ticks xTicks;
    private final Ticks yTicks;
    private final boolean showX;
    private final Rectangle2D plot;
    private final int width;

    /// @param showX whether x has numbers; else something else is written below
    Axes(Axis xAxis, Range x, Axis yAxis, Range y, boolean showX, int width, int height) {
        this.xAxis = xAxis;
        this.yAxis = yAxis;
        this.x = x;
        this.y = y;
        this.showX = showX;
        this.width = width;
        double plotHeight = height - TOP - (showX ? LABEL + TITLE : 0);
        this.yTicks = Ticks.of(y, yAxis.logarithmic(), (int) (plotHeight / STEP_Y));
        double widest = yTicks.labels().stream().mapToDouble(label -> Ink.width(label, Theme.SMALL)).max().orElse(0);
        double left = TITLE + widest + AFTER_LABEL;
        this.plot = new Rectangle2D.Double(left, TOP, width - left - RIGHT, plotHeight);
        this.xTicks = Ticks.of(x, xAxis.logarithmic(), (int) (plot.getWidth() / STEP_X));
    }

    void paint(Ink ink) {
        Graphics2D graphics = ink.graphics();
        graphics.setStroke(Theme.THIN);
        for (int i = 0; i < yTicks.values().size(); i++) {
            double at = y(yTicks.values().get(i));
            graphics.setColor(Theme.GRID);
            graphics.draw(new Line2D.Double(plot.getMinX(), at, plot.getMaxX(), at));
            ink.write(yTicks.labels().get(i), Theme.SMALL, Theme.QUIET, plot.getMinX() - AFTER_LABEL, at + 4, Ink.Side.RIGHT);
        }
        String upward = Ink.fitting(yAxis.label(), Theme.TEXT, plot.getHeight() + TOP);
        ink.writeTurned(upward, Theme.TEXT, Theme.QUIET, 12, plot.getCenterY(), Ink.Side.MIDDLE, -Math.PI / 2);
        if (showX) {
            numbersBelow(ink);
        }
        graphics.setColor(Theme.AXIS);
        graphics.draw(new Line2D.Double(plot.getMinX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY()));
    }

    private void numbersBelow(Ink ink) {
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < xTicks.values().size(); i++) {
            double at = x(xTicks.values().get(i));
            ink.graphics().setColor(Theme.GRID);
            ink.graphics().draw(new Line2D.Double(at, plot.getMinY(), at, plot.getMaxY()));
            String label = xTicks.labels().get(i);
            double half = Ink.width(label, Theme.SMALL) / 2;
            double middle = Math.min(at, width - half);
            if (middle - half > free) {
                ink.write(label, Theme.SMALL, Theme.QUIET, middle, plot.getMaxY() + 15, Ink.Side.MIDDLE);
                free = middle + half + AFTER_LABEL;
            }
        }
        String label = Ink.fitting(xAxis.label(), Theme.TEXT, width);
        ink.write(label, Theme.TEXT, Theme.QUIET, plot.getCenterX(), plot.getMaxY() + LABEL + TITLE - 3, Ink.Side.MIDDLE);
    }

    double x(double value) {
        return plot.getMinX() + plot.getWidth() * share(value, x, xAxis.logarithmic());
    }

    double y(double value) {
        return plot.getMaxY() - plot.getHeight() * share(value, y, yAxis.logarithmic());
    }

    private static double share(double value, Range range, boolean logarithmic) {
        return logarithmic
                ? Math.log(Math.max(value, range.least()) / range.least()) / Math.log(range.most() / range.least())
                : (value - range.least()) / (range.most() - range.least());
    }

    /// Where values are drawn.
    Rectangle2D plot() {
        return plot;
    }

    Range yRange() {
        return y;
    }
}
