package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Mark;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Draws the lines across a panel, with their labels beside one another.
final class Marks {
    private static final double CLOSE = 12;
    private static final int MOST_ROWS = 4;

    private Marks() {}

    /// How much room their labels need right of the panel.
    static int space(List<Mark> marks) {
        return (int) marks.stream().filter(mark -> !mark.upright()).mapToDouble(mark -> Ink.width(mark.label(), Theme.TINY)).max().orElse(0);
    }

    /// Lines that lie across; labels right of them.
    static void across(Ink ink, Frame frame, Scale scale, List<Mark> marks) {
        Rectangle2D plot = frame.plot();
        double last = Double.NEGATIVE_INFINITY;
        for (Mark mark : marks.stream().filter(mark -> !mark.upright() && scale.reaches(mark.value())).sorted(Comparator.comparingDouble(mark -> -mark.value())).toList()) {
            double y = frame.y(mark.value());
            line(ink.graphics(), new Line2D.Double(plot.getMinX(), y, plot.getMaxX(), y));
            double label = Math.max(y + 3.5, last + CLOSE);
            ink.write(mark.label(), Theme.TINY, Theme.QUIET, plot.getMaxX() + 5, label, Ink.Side.LEFT);
            last = label;
        }
    }

    /// Lines that stand; labels at the top, each in a row of its own where they would touch.
    static void upright(Ink ink, Frame frame, Scale scale, List<Mark> marks) {
        Rectangle2D plot = frame.plot();
        double[] ends = new double[MOST_ROWS];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        List<Mark> shown = marks.stream().filter(mark -> mark.upright() && scale.reaches(mark.value())).sorted(Comparator.comparingDouble(Mark::value)).toList();
        for (Mark mark : shown) {
            double x = frame.x(mark.value());
            line(ink.graphics(), new Line2D.Double(x, plot.getMinY(), x, plot.getMaxY()));
            double width = Ink.width(mark.label(), Theme.TINY);
            boolean crossed = shown.stream().mapToDouble(other -> frame.x(other.value())).anyMatch(other -> other > x && other < x + 4 + width);
            boolean left = x + 4 + width > plot.getMaxX() || (crossed && mark.equals(shown.getFirst()) && x - 4 - width > plot.getMinX());
            double from = left ? x - 4 - width : x + 4;
            int row = 0;
            while (row < MOST_ROWS - 1 && ends[row] > from) {
                row++;
            }
            ink.write(mark.label(), Theme.TINY, Theme.QUIET, from, plot.getMinY() + 10 + row * CLOSE, Ink.Side.LEFT);
            ends[row] = Math.max(ends[row], from + width + 4);
        }
    }

    private static void line(Graphics2D graphics, Line2D line) {
        graphics.setColor(Theme.MARK);
        graphics.setStroke(Theme.ACROSS);
        graphics.draw(line);
    }
}
