package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Panel.Box;
import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// What is laid over painted points: their names, and what a service level allows.
final class Beside {
    private Beside() {}

    static void paint(Ink ink, Frame frame, Scatter scatter) {
        scatter.box().ifPresent(box -> box(ink, frame, box));
        if (scatter.series().stream().anyMatch(series -> !series.labels().isEmpty())) {
            labels(ink, frame, scatter.series());
        }
    }

    private static void box(Ink ink, Frame frame, Box box) {
        Graphics2D graphics = ink.graphics();
        Rectangle2D plot = frame.plot();
        double top = frame.y(box.y());
        var rectangle = new Rectangle2D.Double(plot.getMinX(), top, frame.x(box.x()) - plot.getMinX(), plot.getMaxY() - top);
        graphics.setColor(Theme.BOX);
        graphics.fill(rectangle);
        graphics.setColor(Theme.MARK);
        graphics.setStroke(Theme.ACROSS);
        graphics.draw(rectangle);
        ink.write(box.label(), Theme.TINY, Theme.QUIET, plot.getMinX() + 4, Math.max(top - 4, plot.getMinY() + 10), Ink.Side.LEFT);
    }

    /// Each beside its point, above, below, right or left, wherever nothing is; those that fit nowhere are in the legend only.
    private static void labels(Ink ink, Frame frame, List<PointSeries> all) {
        Rectangle2D plot = frame.plot();
        var taken = new ArrayList<Rectangle2D>();
        for (PointSeries series : all) {
            for (int i = 0; i < series.x().size(); i++) {
                taken.add(new Rectangle2D.Double(frame.x(series.x().at(i)) - 4, frame.y(series.y().at(i)) - 4, 8, 8));
            }
        }
        for (PointSeries series : all) {
            for (int i = 0; i < series.labels().size(); i++) {
                if (!Double.isFinite(series.x().at(i)) || !Double.isFinite(series.y().at(i))) {
                    continue; // not painted
                }
                String label = series.labels().get(i);
                double width = Ink.width(label, Theme.TINY);
                double x = frame.x(series.x().at(i));
                double y = frame.y(series.y().at(i));
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
