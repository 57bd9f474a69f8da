package io.sagebench.report.html;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.view.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A chart as `report.js` reads it: what is to be seen, not how. A gap is null.
final class ChartJson {
    /// More digits than a screen can show, and fewer bytes than a double has.
    private static final MathContext DIGITS = new MathContext(5);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ChartJson() {}

    static ObjectNode of(Chart chart) {
        ObjectNode json = NODES.objectNode().put("stem", chart.stem()).put("title", chart.title()).put("synthetic", chart.synthetic());
        ArrayNode panels = json.putArray("panels");
        chart.panels().forEach(panel -> panels.add(of(panel)));
        return json;
    }

    private static ObjectNode of(Panel panel) {
        ObjectNode json = NODES.objectNode().put("title", panel.title());
        ArrayNode series = NODES.arrayNode();
        switch (panel) {
            case Panel.Bars bars -> {
                json.put("kind", "bars").put("named", bars.categoriesAreNamed()).put("stacked", bars.stacked());
                bars.categories().forEach(json.putArray("categories")::add);
                json.set("y", axis(bars.values()));
                marks(json, bars.marks());
                bars.series().forEach(one -> {
                    ObjectNode bar = series.addObject().put("name", one.name());
                    bar.set("y", numbers(one.values()));
                    if (one.low().size() > 0) {
                        bar.set("low", numbers(one.low()));
                        bar.set("high", numbers(one.high()));
                    }
                });
            }
            case Panel.Lines lines -> {
                json.put("kind", "lines").set("x", axis(lines.x()));
                json.set("y", axis(lines.y()));
                marks(json, lines.marks());
                lines.series().forEach(one -> {
                    ObjectNode line = series.addObject().put("name", one.name()).put("style", one.style().name().toLowerCase(Locale.ROOT));
                    line.set("x", numbers(one.x()));
                    line.set("y", numbers(one.y()));
                });
            }
            case Panel.Scatter scatter -> {
                json.put("kind", "scatter").set("x", axis(scatter.x()));
                json.set("y", axis(scatter.y()));
                scatter.box().ifPresent(box -> json.putObject("box").put("label", box.label()).put("x", box.x()).put("y", box.y()));
                scatter.series().forEach(one -> {
                    ObjectNode points = series.addObject().put("name", one.name());
                    points.set("x", numbers(one.x()));
                    points.set("y", numbers(one.y()));
                    one.labels().forEach(points.putArray("labels")::add);
                });
            }
            case Panel.Histogram histogram -> {
                json.put("kind", "histogram").set("x", axis(histogram.x()));
                json.set("y", axis(histogram.y()));
                json.set("edges", numbers(histogram.edges()));
                marks(json, histogram.marks());
                histogram.series().forEach(one -> series.addObject().put("name", one.name()).set("y", numbers(one.counts())));
            }
        }
        json.set("series", series);
        return json;
    }

    private static ObjectNode axis(Axis axis) {
        ObjectNode json = NODES.objectNode().put("label", axis.label());
        if (axis.logarithmic()) {
            json.put("log", true);
        }
        axis.least().ifPresent(least -> json.put("min", least));
        axis.most().ifPresent(most -> json.put("max", most));
        return json;
    }

    private static void marks(ObjectNode json, List<Mark> marks) {
        ArrayNode all = json.putArray("marks");
        marks.forEach(mark -> all.addObject().put("label", mark.label()).put("value", mark.value()).put("upright", mark.upright()));
    }

    private static ArrayNode numbers(Values values) {
        ArrayNode numbers = NODES.arrayNode(values.size());
        values.stream().forEach(value -> {
            if (!Double.isFinite(value)) {
                numbers.addNull();
            } else if (value == Math.rint(value) && Math.abs(value) < 1e9) {
                numbers.add((long) value);
            } else {
                numbers.add(new BigDecimal(value, DIGITS).stripTrailingZeros());
            }
        });
        return numbers;
    }
}
