package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// Draws points, and what a service level allows.
final class ScatterPainter implements PanelPainter {
    private static final double ROOM = 0.06;
    private static final double FEW = 40;
    private static final double LARGE = 8;
    private static final double SMALL = 4.5;
    private static final int SEE_THROUGH = 150;

    private final Scatter scatter;
    private final Looks looks;

    ScatterPainter(Scatter scatter, Looks looks) {
        this.scatter = scatter;
        this.looks = looks;
    }

    @Override
    public void paint(Ink ink, int width, int height) {
        double[] xs = DoubleStream.concat(scatter.series().stream().flatMapToDouble(series -> series.x().stream()),
                scatter.box().stream().mapToDouble(box -> box.x())).toArray();
        double[] ys = DoubleStream.concat(scatter.series().stream().flatMapToDouble(series -> series.y().stream()),
                scatter.box().stream().mapToDouble(box -> box.y())).toArray();
        Range x = Range.of(scatter.x(), xs, 0);
        Range y = Range.of(scatter.y(), ys, ROOM);
        var axes = new Axes(scatter.x(), scatter.x().most().isPresent() ? x : x.longer(0.08), scatter.y(),
                scatter.y().most().isPresent() ? y.longer(0.04) : y, true, width, height);
        axes.paint(ink);
        box(ink, axes);
        boolean named = scatter.series().stream().anyMatch(series -> !series.labels().isEmpty());
        boolean few = named || scatter.series().stream().mapToInt(series -> series.x().size()).sum() <= FEW;
        var taken = new ArrayList<Rectangle2D>();
        for (PointSeries series : scatter.series()) {
            Color colour = looks.colour(series.name());
            ink.graphics().setColor(few ? colour : new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), SEE_THROUGH));
            for (int i = 0; i < series.x().size(); i++) {
                ink.graphics().fill(looks.mark(series.name(), axes.x(series.x().at(i)), axes.y(series.y().at(i)), few ? LARGE : SMALL));
                taken.add(around(axes.x(series.x().at(i)), axes.y(series.y().at(i))));
            }
        }
        if (named) {
            labels(ink, axes, taken);
        }
    }

    private static Rectangle2D around(double x, double y) {
        return new Rectangle2D.Double(x - 4, y - 4, 8, 8);
    }

    private void box(Ink ink, Axes axes) {
        scatter.box().ifPresent(box -> {
            Graphics2D graphics = ink.graphics();
            double left = axes.plot().getMinX();
            double top = axes.y(box.y());
            Shape rectangle = new Rectangle2D.Double(left, top, axes.x(box.x()) - left, axes.plot().getMaxY() - top);
            graphics.setColor(Theme.BOX);
            graphics.fill(rectangle);
            graphics.setColor(Theme.MARK);
            graphics.setStroke(Theme.ACROSS);
            graphics.draw(rectangle);
            ink.write(box.label(), Theme.TINY, Theme.QUIET, left + 4, Math.max(top - 4, axes.plot().getMinY() + 10), Ink.Side.LEFT);
        });
    }

    /// Each beside its point, above, below, right or left, wherever nothing is; those that fit nowhere are in the legend only.
    private void labels(Ink ink, Axes axes, List<Rectangle2D> taken) {
        Rectangle2D plot = axes.plot();
        for (PointSeries series : scatter.series()) {
            for (int i = 0; i < series.labels().size(); i++) {
                String label = series.labels().get(i);
                double width = Ink.width(label, Theme.TINY);
                double x = axes.x(series.x().at(i));
                double y = axes.y(series.y().at(i));
                for (double[] offset : new double[][] {{8, 4}, {-8 - width, 4}, {-width / 2, -8}, {-width / 2, 16}, {8, -8}, {8, 16}, {-8 - width, -8}, {-8 - width, 16}}) {
                    var place = new Rectangle2D.Double(x + offset[0], y + offset[1] - 9, width, 11);
                    boolean inside = place.getMinX() > plot.getMinX() && place.getMaxX() < plot.getMaxX() + 4 && place.getMaxY() < plot.getMaxY() + 8;
                    if (inside && taken.stream().noneMatch(place::intersects)) {
                        ink.write(label, Theme.TINY, Theme.INK, place.getX(), y + offset[1], Ink.Side.LEFT);
                        taken.add(place);
                        break;
                    }
                }
            }
        }
    }
}
