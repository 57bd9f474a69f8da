package io.sagebench.report.chart;

import io.sagebench.report.view.Values;
import io.sagebench.request.Check;
import java.util.List;
import java.util.Optional;

/// One pair of axes with what is drawn in it. Everything that has a name of a policy has that policy's colour, see [Palette]; NaN is a gap.
public sealed interface Panel {
    /// What tells it from its neighbour; empty when there is one panel only.
    String title();

    /// Bars for each category, one for each series.
    ///
    /// @param categories         what the bars stand over: policies, priorities, percentiles
    /// @param categoriesAreNamed whether categories are the policies, so that with one series each bar has its policy's colour
    /// @param values             the upright axis
    /// @param series             each with as many values as there are categories
    /// @param stacked            whether the series stand on one another, since they are parts of one whole; else side by side
    /// @param marks              lines across
    record Bars(
            String title,
            List<String> categories,
            boolean categoriesAreNamed,
            Axis values,
            List<BarSeries> series,
            boolean stacked,
            List<Mark> marks)
            implements Panel {
        /// Bars side by side.
        public Bars(String title, List<String> categories, boolean categoriesAreNamed, Axis values, List<BarSeries> series, List<Mark> marks) {
            this(title, categories, categoriesAreNamed, values, series, false, marks);
        }

        public Bars {
            categories = List.copyOf(categories);
            series = List.copyOf(series);
            marks = List.copyOf(marks);
            for (BarSeries one : series) {
                if (one.values().size() != categories.size()) {
                    throw new IllegalArgumentException("series '" + one.name() + "' has " + one.values().size() + " values for "
                            + categories.size() + " categories");
                }
            }
        }
    }

    /// Bars of one colour.
    ///
    /// @param name   in the legend
    /// @param values one for each category
    /// @param low    lower ends of the confidence intervals; empty when they are not known
    /// @param high   their upper ends
    record BarSeries(String name, Values values, Values low, Values high) {
        /// One without intervals.
        public BarSeries(String name, double... values) {
            this(name, Values.of(values), Values.NONE, Values.NONE);
        }
    }

    /// Lines over an axis of numbers.
    record Lines(String title, Axis x, Axis y, List<LineSeries> series, List<Mark> marks) implements Panel {
        public Lines {
            series = List.copyOf(series);
            marks = List.copyOf(marks);
        }
    }

    /// One line.
    ///
    /// @param name  in the legend
    /// @param x     in the order in which the line goes: ascending, but for a curve over two measured figures
    /// @param y     as many; NaN is a gap
    /// @param style how it looks
    record LineSeries(String name, Values x, Values y, LineStyle style) {
        public LineSeries {
            if (x.size() != y.size()) {
                throw new IllegalArgumentException("line '" + name + "' has " + x.size() + " x and " + y.size() + " y");
            }
        }
    }

    /// How a line looks.
    enum LineStyle {
        /// A plain line.
        SOLID,
        /// A line for comparison, such as y = x or a limit.
        DASHED,
        /// One that keeps its height until the next point.
        STEP,
        /// One with marks at its points, for few points that were measured.
        POINTS
    }

    /// Points over two axes of numbers.
    ///
    /// @param box what a service level allows: from zero to its corner; absent when there is none for all
    record Scatter(String title, Axis x, Axis y, List<PointSeries> series, Optional<Box> box) implements Panel {
        public Scatter {
            series = List.copyOf(series);
        }
    }

    /// Points of one colour.
    ///
    /// @param name   in the legend
    /// @param x      as many as `y`
    /// @param labels what each point is, shown beside it; empty when points have no names
    record PointSeries(String name, Values x, Values y, List<String> labels) {
        public PointSeries {
            labels = List.copyOf(labels);
        }
    }

    /// A rectangle from the origin.
    ///
    /// @param label what it stands for: `SLO: TTFT 200 ms, TPOT 50 ms`
    record Box(String label, double x, double y) {}

    /// How often values fall between edges.
    ///
    /// @param edges  one more than there are counts, ascending
    /// @param series each with its counts
    record Histogram(String title, Axis x, Axis y, Values edges, List<CountSeries> series, List<Mark> marks) implements Panel {
        public Histogram {
            Check.atLeast(2, edges.size(), "edges");
            series = List.copyOf(series);
            marks = List.copyOf(marks);
        }
    }

    /// Counts of one colour.
    record CountSeries(String name, Values counts) {}
}
