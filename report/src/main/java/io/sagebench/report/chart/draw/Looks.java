package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Palette;
import io.sagebench.report.chart.Panel;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// How each series of a chart looks: its colour, and its dash and mark beside the colour, so that nobody needs to see colours.
final class Looks {
    private static final Pattern PERCENTILE = Pattern.compile("p\\d+(\\.\\d+)?");
    private static final int[] RAMP = {0x9CC3E6, 0x4A90C8, 0x0B4F8A, 0x06294A, 0x000F1F};
    private static final float[][] DASHES = {{}, {7, 3}, {2, 2.5f}, {9, 3, 2, 3}, {12, 3}, {5, 2, 1.5f, 2, 1.5f, 2}, {3.5f, 3.5f}, {14, 3, 3, 3}};
    private static final List<Marker> SHAPES = List.of(
            SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_DOWN, SeriesMarkers.TRAPEZOID);
    private static final float WIDTH = 1.6f;
    private static final float WIDER = 0.18f; // so that of lines that lie on one another each shows

    private final List<String> names;
    private final Palette policies;
    private final List<String> policyNames;
    private final Palette others;

    /// @param policyNames those of the whole report, so that each has one colour in all its charts
    Looks(Chart chart, List<String> policyNames) {
        this.policyNames = List.copyOf(policyNames);
        this.policies = new Palette(policyNames);
        this.names = List.copyOf(names(chart));
        this.others = new Palette(names.stream().filter(name -> !policyNames.contains(name)).toList());
    }

    /// The series of all panels, in their order, each once.
    private static Set<String> names(Chart chart) {
        var names = new LinkedHashSet<String>();
        for (Panel panel : chart.panels()) {
            switch (panel) {
                case Panel.Bars bars -> {
                    if (!coloursCategories(bars)) {
                        bars.series().forEach(one -> names.add(one.name()));
                    }
                }
                case Panel.Lines lines -> lines.series().forEach(one -> names.add(one.name()));
                case Panel.Scatter scatter -> scatter.series().forEach(one -> names.add(one.name()));
                case Panel.Histogram histogram -> histogram.series().forEach(one -> names.add(one.name()));
            }
        }
        return names;
    }

    static boolean coloursCategories(Panel.Bars bars) {
        return bars.categoriesAreNamed() && bars.series().size() == 1;
    }

    List<String> names() {
        return names;
    }

    Color colour(String name) {
        if (!policyNames.contains(name) && PERCENTILE.matcher(name).matches()) {
            List<String> percentiles = names.stream().filter(one -> PERCENTILE.matcher(one).matches()).toList();
            return new Color(RAMP[Math.min(Math.max(0, percentiles.indexOf(name)), RAMP.length - 1)]);
        }
        return new Color(policyNames.contains(name) ? policies.light(name) : others.light(name));
    }

    /// The stroke of a line.
    BasicStroke stroke(String name) {
        float[] dash = DASHES[Math.floorMod(names.indexOf(name), DASHES.length)];
        float width = WIDTH + WIDER * below(name);
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    static BasicStroke solid() {
        return new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /// The stroke of a line with marks, which need no dashes.
    BasicStroke plain(String name) {
        return new BasicStroke(WIDTH + WIDER * below(name), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /// How many series are drawn over it.
    int below(String name) {
        return Math.max(0, names.size() - 1 - names.indexOf(name));
    }

    static BasicStroke comparison() {
        return new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);
    }

    /// The mark of its points.
    Marker shape(String name) {
        return SHAPES.get(Math.floorMod(names.indexOf(name), SHAPES.size()));
    }

    /// The same for points on a line: larger the more series are drawn over it, so that of those that lie on one another each shows.
    Marker marker(String name) {
        Marker shape = shape(name);
        int larger = below(name);
        return new Marker() {
            @Override
            public void paint(Graphics2D graphics, double x, double y, int size) {
                shape.paint(graphics, x, y, size + larger);
            }
        };
    }

    /// What the legend names: nothing when every panel has a single series that its title or the chart's own title tells already.
    List<String> legend(Chart chart) {
        boolean told = chart.panels().stream().allMatch(panel -> {
            List<String> own = new ArrayList<>(names(new Chart(chart.stem(), chart.title(), chart.caption(), List.of(panel))));
            return own.size() <= 1 && (own.isEmpty() || chart.panels().size() == 1 || own.getFirst().equals(panel.title()));
        });
        return told && !(chart.panels().getFirst() instanceof Panel.Lines && chart.panels().size() == 1) ? List.of() : names;
    }
}
