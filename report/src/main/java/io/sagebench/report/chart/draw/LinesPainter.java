package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.stream.DoubleStream;

/// Draws lines.
final class LinesPainter implements PanelPainter {
    private static final double ROOM = 0.06;
    private static final double POINT = 7;
    private static final int FEW = 2;

    private final Lines lines;
    private final Looks looks;

    LinesPainter(Lines lines, Looks looks) {
        this.lines = lines;
        this.looks = looks;
    }

    @Override
    public void paint(Ink ink, int width, int height) {
        DoubleStream marksY = lines.marks().stream().filter(mark -> !mark.upright()).mapToDouble(Mark::value);
        double[] ys = DoubleStream.concat(lines.series().stream().flatMapToDouble(line -> line.y().stream()), marksY).toArray();
        double[] xs = lines.series().stream().flatMapToDouble(line -> line.x().stream()).toArray();
        Range y = Range.of(lines.y(), ys, ROOM);
        var axes = new Axes(lines.x(), Range.of(lines.x(), xs, 0), lines.y(), lines.y().most().isPresent() ? y.longer(ROOM / 2) : y, true, width - Marks.space(lines.marks()), height);
        Graphics2D graphics = ink.graphics();
        axes.paint(ink);
        Marks.across(ink, axes, lines.marks());
        Marks.upright(ink, axes, lines.marks());
        for (LineSeries line : lines.series()) {
            line(graphics, axes, line);
        }
    }

    private void line(Graphics2D graphics, Axes axes, LineSeries line) {
        graphics.setColor(line.style() == LineStyle.DASHED ? Theme.MARK : looks.colour(line.name()));
        graphics.setStroke(line.style() == LineStyle.DASHED ? Looks.comparison() : line.style() == LineStyle.POINTS ? looks.plain(line.name()) : looks.stroke(line.name()));
        var path = new Path2D.Double();
        boolean begun = false;
        double lastY = 0;
        for (int i = 0; i < line.x().size(); i++) {
            double valueX = line.x().at(i);
            double valueY = line.y().at(i);
            if (!Range.isShown(lines.x(), valueX) || !Range.isShown(lines.y(), valueY)) {
                begun = false;
                continue;
            }
            double x = axes.x(valueX);
            double y = axes.y(valueY);
            if (!begun) {
                path.moveTo(x, y);
            } else {
                if (line.style() == LineStyle.STEP) {
                    path.lineTo(x, lastY);
                }
                path.lineTo(x, y);
            }
            if (line.style() == LineStyle.POINTS || isAlone(line, i)) {
                graphics.fill(looks.mark(line.name(), x, y, POINT + looks.below(line.name())));
            }
            begun = true;
            lastY = y;
        }
        graphics.draw(path);
    }

    /// A point between gaps would not be seen as a line.
    private static boolean isAlone(LineSeries line, int i) {
        boolean before = i > 0 && !Double.isNaN(line.y().at(i - 1));
        boolean after = i + 1 < line.y().size() && !Double.isNaN(line.y().at(i + 1));
        return !(before || after) || line.x().size() < FEW;
    }
}
