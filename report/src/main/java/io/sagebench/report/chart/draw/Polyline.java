package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.List;

/// A line's points as XChart needs them. It draws a line in one piece, with dashes that go on from point to point, only as a smooth curve; so there
/// are more points between those that are far from each other both ways, where the curve would be seen to swing.
final class Polyline {
    private static final double CLOSE = 2;
    private static final double MOST_PIECES = 2000;

    private final Scale x;
    private final Scale y;
    private final double width;
    private final double height;
    private final List<Double> xs = new ArrayList<>();
    private final List<Double> ys = new ArrayList<>();

    private Polyline(Scale x, Scale y, double width, double height) {
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    /// In one piece.
    static Polyline smooth(LineSeries line, Scale x, Scale y, Frame frame) {
        var points = new Polyline(x, y, frame.width(), frame.height());
        for (int i = 0; i < line.x().size(); i++) {
            if (line.style() == LineStyle.STEP && i > 0 && isShown(line, i - 1, x, y)) {
                points.to(line.x().at(i), line.y().at(i - 1));
            }
            points.to(line.x().at(i), line.y().at(i));
        }
        return points;
    }

    /// With what is given only.
    static Polyline of(Values xs, Values ys, Scale x, Scale y) {
        var points = new Polyline(x, y, 0, 0);
        for (int i = 0; i < xs.size(); i++) {
            points.add(xs.at(i), ys.at(i));
        }
        return points;
    }

    /// Points between gaps, which would not be seen as a line.
    static Polyline alone(LineSeries line, Scale x, Scale y) {
        var points = new Polyline(x, y, 0, 0);
        for (int i = 0; i < line.x().size(); i++) {
            if (isShown(line, i, x, y) && !isShown(line, i - 1, x, y) && !isShown(line, i + 1, x, y)) {
                points.add(line.x().at(i), line.y().at(i));
            }
        }
        return points;
    }

    private static boolean isShown(LineSeries line, int i, Scale x, Scale y) {
        return i >= 0 && i < line.x().size() && x.shows(line.x().at(i)) && y.shows(line.y().at(i));
    }

    private void add(double toX, double toY) {
        boolean shown = x.shows(toX) && y.shows(toY);
        xs.add(shown ? toX : x.least());
        ys.add(shown ? toY : Double.NaN);
    }

    private void to(double toX, double toY) {
        if (!xs.isEmpty() && x.shows(toX) && y.shows(toY) && !Double.isNaN(ys.getLast())) {
            double fromX = x.share(xs.getLast());
            double fromY = y.share(ys.getLast());
            double overX = x.share(toX) - fromX;
            double overY = y.share(toY) - fromY;
            double pieces = Math.min(MOST_PIECES, Math.ceil(Math.min(Math.abs(overX) * width, Math.abs(overY) * height) / CLOSE));
            for (int piece = 1; piece < pieces; piece++) {
                add(x.at(fromX + overX * piece / pieces), y.at(fromY + overY * piece / pieces));
            }
        }
        add(toX, toY);
    }

    boolean isEmpty() {
        return ys.stream().allMatch(value -> value.isNaN());
    }

    double[] xs() {
        return xs.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double[] ys() {
        return ys.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
