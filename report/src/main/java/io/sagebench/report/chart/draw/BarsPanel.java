package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.view.Values;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;

/// Paints bars over categories, with their intervals, and their values where there is room.
final class BarsPanel {
    private static final double FILLED = 0.82;
    private static final double NARROWEST = 9;
    private static final double WIDEST = 90;
    private static final double ABOUT = 70; // of the width, for the upright axis
    private static final int MANY = 24;
    private static final double ROOM = 0.12;
    private static final double TURN = -Math.PI / 5;
    private static final double LONGEST_LABEL = 130;
    private static final Color INTERVAL = new Color(0x3E4C59);

    private final Bars bars;
    private final Looks looks;
    private final Labels labels;
    private final int side;

    /// @param labels how values are written
    BarsPanel(Bars bars, Looks looks, Labels labels) {
        this.bars = bars;
        this.looks = looks;
        this.labels = labels;
        this.side = bars.stacked() ? 1 : Math.max(1, bars.series().size());
    }

    /// One way to write the values of all panels that have the same axis.
    static Labels labels(Chart chart, Bars like) {
        return Labels.of(chart.panels().stream()
                .flatMapToDouble(panel -> panel instanceof Bars bars && bars.values().label().equals(like.values().label()) ? written(bars) : DoubleStream.empty()));
    }

    private static DoubleStream written(Bars bars) {
        return bars.stacked()
                ? IntStream.range(0, bars.categories().size()).mapToDouble(category -> total(bars, category))
                : bars.series().stream().flatMapToDouble(series -> series.values().stream());
    }

    private static double total(Bars bars, int category) {
        return bars.series().stream().mapToDouble(series -> series.values().at(category)).filter(value -> !Double.isNaN(value)).sum();
    }

    void paint(Ink ink, int width, int height) {
        int count = bars.categories().size();
        double longest = bars.categories().stream().mapToDouble(name -> Ink.width(name, Theme.SMALL)).max().orElse(0);
        boolean turned = longest > (width - ABOUT) / Math.max(1, count) - 6;
        double below = turned ? 14 + Math.min(longest, LONGEST_LABEL) * Math.sin(-TURN) : 20;
        Scale scale = scale();
        var chart = new CategoryChart(1, 1);
        var frame = new Frame(chart, Optional.empty(), scale, width - Marks.space(bars.marks()), (int) (height - below));
        double slot = frame.plotWidth() / Math.max(1, count);
        double barWidth = Math.min(slot * FILLED / side, WIDEST);
        chart.getStyler().setAvailableSpaceFill(barWidth * side / slot).setStacked(bars.stacked()).setOverlapped(Looks.coloursCategories(bars));
        series(chart);
        frame.paint(ink);
        if (count == 0) {
            return;
        }
        double widest = written(bars).filter(Double::isFinite).map(value -> Ink.width(labels.of(value), Theme.TINY)).max().orElse(0);
        for (int category = 0; category < count; category++) {
            double left = frame.x(category + 0.5) - barWidth * side / 2;
            over(ink, frame, category, left, barWidth, widest > barWidth - 1);
        }
        Marks.across(ink, frame, scale, bars.marks());
        names(ink, frame, turned);
    }

    private Scale scale() {
        DoubleStream ends = bars.stacked()
                ? written(bars)
                : bars.series().stream().flatMap(series -> Stream.of(series.values(), series.low(), series.high())).flatMapToDouble(Values::stream);
        DoubleStream marks = DoubleStream.concat(DoubleStream.of(0), bars.marks().stream().mapToDouble(Mark::value));
        boolean upright = bars.categories().size() * side > MANY;
        double beyond = bars.values().most().isPresent() ? (upright ? ROOM : ROOM / 2) : upright ? ROOM / 2 : 0;
        return Scale.of(bars.values(), DoubleStream.concat(ends, marks), ROOM, beyond);
    }

    /// One a series; where each category has a colour of its own, one for each of them over the same place.
    private void series(CategoryChart chart) {
        List<String> places = IntStream.range(0, bars.categories().size()).mapToObj(Integer::toString).toList();
        double[] nothing = new double[places.size()];
        Arrays.fill(nothing, Double.NaN);
        for (BarSeries series : bars.series()) {
            double[] values = series.values().stream().map(value -> Double.isFinite(value) ? value : Double.NaN).toArray();
            if (!Looks.coloursCategories(bars)) {
                added(chart, places, values, looks.colour(series.name()));
                continue;
            }
            for (int category = 0; category < values.length; category++) {
                double[] one = nothing.clone();
                one[category] = values[category];
                added(chart, places, one, looks.colour(bars.categories().get(category)));
            }
        }
    }

    private static void added(CategoryChart chart, List<String> places, double[] values, Color colour) {
        if (values.length > 0) {
            chart.addSeries("series " + chart.getSeriesCollection().size(), places, DoubleStream.of(values).boxed().toList()).setFillColor(colour);
        }
    }

    /// What is laid over the bars of a category: intervals and values, a dash where there is none.
    private void over(Ink ink, Frame frame, int category, double left, double barWidth, boolean upright) {
        if (bars.stacked()) {
            double total = total(bars, category);
            value(ink, total, left + barWidth / 2, frame.y(total) - 4, barWidth, upright);
            return;
        }
        for (int i = 0; i < bars.series().size(); i++) {
            BarSeries series = bars.series().get(i);
            double middle = left + (i + 0.5) * barWidth;
            double value = series.values().at(category);
            if (Double.isNaN(value)) {
                ink.write("–", Theme.TINY, Theme.QUIET, middle, frame.plot().getMaxY() - 3, Ink.Side.MIDDLE);
                continue;
            }
            double top = Math.min(frame.y(Math.max(0, value)), interval(ink.graphics(), frame, series, category, middle, Math.min(barWidth / 4, 5)));
            value(ink, value, middle, top - 4, barWidth, upright);
        }
    }

    /// @return how high it reaches
    private static double interval(Graphics2D graphics, Frame frame, BarSeries series, int category, double x, double half) {
        if (!isKnown(series.low(), category) || !isKnown(series.high(), category)) {
            return Double.MAX_VALUE;
        }
        double low = frame.y(series.low().at(category));
        double high = frame.y(series.high().at(category));
        graphics.setColor(INTERVAL);
        graphics.setStroke(Theme.THIN);
        graphics.draw(new Line2D.Double(x, low, x, high));
        graphics.draw(new Line2D.Double(x - half, low, x + half, low));
        graphics.draw(new Line2D.Double(x - half, high, x + half, high));
        return high;
    }

    private static boolean isKnown(Values values, int index) {
        return values.size() > index && !Double.isNaN(values.at(index));
    }

    /// Over its bar; standing upright where bars are narrow, and not at all where even that has no room.
    private void value(Ink ink, double value, double x, double y, double barWidth, boolean upright) {
        if (!upright) {
            ink.write(labels.of(value), Theme.TINY, Theme.INK, x, y, Ink.Side.MIDDLE);
        } else if (barWidth >= NARROWEST) {
            ink.writeTurned(labels.of(value), Theme.TINY, Theme.INK, x + 3.5, y, Ink.Side.LEFT, -Math.PI / 2);
        }
    }

    private void names(Ink ink, Frame frame, boolean turned) {
        double y = frame.plot().getMaxY() + 3;
        for (int i = 0; i < bars.categories().size(); i++) {
            double x = frame.x(i + 0.5);
            if (turned) {
                String text = Ink.fitting(bars.categories().get(i), Theme.SMALL, LONGEST_LABEL);
                ink.writeTurned(text, Theme.SMALL, Theme.INK, x + 4, y + 13, Ink.Side.RIGHT, TURN);
            } else {
                ink.write(bars.categories().get(i), Theme.SMALL, Theme.INK, x, y + 15, Ink.Side.MIDDLE);
            }
        }
    }
}
