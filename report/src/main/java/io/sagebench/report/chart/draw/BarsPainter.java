package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.view.Values;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.OptionalDouble;

/// Draws bars over categories, with their values where there is room.
final class BarsPainter implements PanelPainter {
    private static final double AXIS = 70;
    private static final double FILLED = 0.78;
    private static final double NARROWEST = 9;
    private static final double WIDEST = 90;
    private static final int MANY = 24;
    private static final double ROOM = 0.12;
    private static final double TURN = -Math.PI / 5;
    private static final double LONGEST_LABEL = 130;
    private static final Color INTERVAL = new Color(0x3E4C59);

    private final Bars bars;
    private final Looks looks;

    BarsPainter(Bars bars, Looks looks) {
        this.bars = bars;
        this.looks = looks;
    }

    @Override
    public void paint(Ink ink, int width, int height) {
        double slot = (width - AXIS) / Math.max(1, bars.categories().size());
        double longest = bars.categories().stream().mapToDouble(name -> Ink.width(name, Theme.SMALL)).max().orElse(0);
        boolean turned = longest > slot - 6;
        double labelSpace = turned ? 14 + Math.min(longest, LONGEST_LABEL) * Math.sin(-TURN) : 20;
        Axis x = new Axis("", false, OptionalDouble.of(0), OptionalDouble.of(bars.categories().size()));
        var axes = new Axes(x, new Range(0, bars.categories().size()), bars.values(), yRange(), false, width - Marks.space(bars.marks()), (int) (height - labelSpace));
        axes.paint(ink);
        double barWidth = barWidth(axes);
        boolean upright = widestValue() > barWidth - 1;
        for (int category = 0; category < bars.categories().size(); category++) {
            group(ink, axes, category, barWidth, upright);
        }
        Marks.across(ink, axes, bars.marks());
        labels(ink, axes, turned);
    }

    private Range yRange() {
        double most = 0;
        double least = 0;
        for (int category = 0; category < bars.categories().size(); category++) {
            double sum = 0;
            for (BarSeries series : bars.series()) {
                double value = series.values().at(category);
                if (Double.isNaN(value)) {
                    continue;
                }
                sum = bars.stacked() ? sum + value : value;
                most = Math.max(most, Math.max(sum, at(series.high(), category, value)));
                least = Math.min(least, value);
            }
        }
        for (var mark : bars.marks()) {
            most = Math.max(most, mark.value());
        }
        Range range = Range.of(bars.values(), least, most, ROOM);
        boolean upright = bars.categories().size() * sideBySide() > MANY;
        return bars.values().most().isPresent() ? range.longer(upright ? ROOM : ROOM / 2) : upright ? range.longer(ROOM / 2) : range;
    }

    private static double at(Values values, int index, double otherwise) {
        return values.size() > index && !Double.isNaN(values.at(index)) ? values.at(index) : otherwise;
    }

    private int sideBySide() {
        return bars.stacked() ? 1 : Math.max(1, bars.series().size());
    }

    private double barWidth(Axes axes) {
        return Math.min((axes.x(1) - axes.x(0)) * FILLED / sideBySide(), WIDEST);
    }

    private double widestValue() {
        return bars.series().stream()
                .flatMapToDouble(series -> series.values().stream())
                .filter(value -> !Double.isNaN(value))
                .map(value -> Ink.width(Labels.number(value), Theme.TINY))
                .max()
                .orElse(0);
    }

    private void group(Ink ink, Axes axes, int category, double barWidth, boolean upright) {
        int side = sideBySide();
        double left = axes.x(category + 0.5) - barWidth * side / 2;
        double base = Math.max(0, axes.yRange().least());
        for (int i = 0; i < bars.series().size(); i++) {
            BarSeries series = bars.series().get(i);
            double value = series.values().at(category);
            if (Double.isNaN(value)) {
                if (!bars.stacked()) {
                    ink.write("–", Theme.TINY, Theme.QUIET, left + (i + 0.5) * barWidth, axes.y(axes.yRange().least()) - 3, Ink.Side.MIDDLE);
                }
                continue;
            }
            double from = bars.stacked() ? base : Math.max(0, axes.yRange().least());
            double x = bars.stacked() ? left : left + i * barWidth;
            bar(ink.graphics(), axes, x, barWidth, from, from + value, colour(series, category));
            base += value;
            double top = axes.y(bars.stacked() ? base : value);
            if (!bars.stacked()) {
                top = Math.min(top, interval(ink.graphics(), axes, series, category, x + barWidth / 2, Math.min(barWidth / 4, 5)));
                value(ink, value, x + barWidth / 2, top - 4, barWidth, upright);
            } else if (i == bars.series().size() - 1 || isLast(i, category)) {
                value(ink, base, x + barWidth / 2, top - 4, barWidth, upright);
            }
        }
    }

    private boolean isLast(int series, int category) {
        return bars.series().subList(series + 1, bars.series().size()).stream().allMatch(one -> Double.isNaN(one.values().at(category)));
    }

    private Color colour(BarSeries series, int category) {
        return Looks.coloursCategories(bars) ? looks.colour(bars.categories().get(category)) : looks.colour(series.name());
    }

    private static void bar(Graphics2D graphics, Axes axes, double x, double width, double from, double to, Color colour) {
        double top = axes.y(to);
        double bottom = axes.y(from);
        double inset = width > 6 ? 1 : 0;
        graphics.setColor(colour);
        graphics.fill(new Rectangle2D.Double(x + inset, Math.min(top, bottom), width - 2 * inset, Math.abs(bottom - top)));
    }

    /// @return how high it reaches
    private static double interval(Graphics2D graphics, Axes axes, BarSeries series, int category, double x, double half) {
        double low = at(series.low(), category, Double.NaN);
        double high = at(series.high(), category, Double.NaN);
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return Double.MAX_VALUE;
        }
        graphics.setColor(INTERVAL);
        graphics.setStroke(Theme.THIN);
        graphics.draw(new Line2D.Double(x, axes.y(low), x, axes.y(high)));
        graphics.draw(new Line2D.Double(x - half, axes.y(low), x + half, axes.y(low)));
        graphics.draw(new Line2D.Double(x - half, axes.y(high), x + half, axes.y(high)));
        return axes.y(high);
    }

    /// Over its bar; standing upright where bars are narrow, and not at all where even that has no room.
    private static void value(Ink ink, double value, double x, double y, double barWidth, boolean upright) {
        String text = Labels.number(value);
        if (!upright) {
            ink.write(text, Theme.TINY, Theme.INK, x, y, Ink.Side.MIDDLE);
        } else if (barWidth >= NARROWEST) {
            ink.writeTurned(text, Theme.TINY, Theme.INK, x + 3.5, y, Ink.Side.LEFT, -Math.PI / 2);
        }
    }

    private void labels(Ink ink, Axes axes, boolean turned) {
        double y = axes.plot().getMaxY();
        List<String> categories = bars.categories();
        for (int i = 0; i < categories.size(); i++) {
            double x = axes.x(i + 0.5);
            if (turned) {
                String text = Ink.fitting(categories.get(i), Theme.SMALL, LONGEST_LABEL);
                ink.writeTurned(text, Theme.SMALL, Theme.INK, x + 4, y + 13, Ink.Side.RIGHT, TURN);
            } else {
                ink.write(categories.get(i), Theme.SMALL, Theme.INK, x, y + 15, Ink.Side.MIDDLE);
            }
        }
    }
}
