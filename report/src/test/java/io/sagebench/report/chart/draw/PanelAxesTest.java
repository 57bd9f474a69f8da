package io.sagebench.report.chart.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import io.sagebench.report.view.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PanelAxesTest {
    private static final Pattern TEXT = Pattern.compile("<text[^>]*>([^<]*)</text>");
    private static final Pattern PATH = Pattern.compile("<path d=\"([^\"]*)\"[^>]*stroke-dasharray[^>]*>");

    @Test
    void haveRoundNumbersAsTextWithAsManyDecimalsAsTheirStepNeeds() throws IOException {
        assertThat(upward(Axis.fromZero("y"), 103)).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(upward(Axis.fromZero("y"), 1)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(upward(Axis.fromZero("y"), 48_000)).containsExactly("0", "10k", "20k", "30k", "40k", "50k");
        assertThat(upward(Axis.fromZero("y"), 1e-5)).containsExactly("0.000000", "0.000002", "0.000004", "0.000006", "0.000008", "0.000010");
    }

    @Test
    void ofEqualRatiosHaveOneTwoAndFive() throws IOException {
        assertThat(upward(Axis.logarithmic("y"), 8, 120)).containsExactly("10", "20", "50", "100");
        assertThat(upward(Axis.logarithmic("y"), 1, 1e8)).as("decades only").containsExactly("1", "10", "100", "1000", "10k", "100k", "1M", "10M", "100M");
        assertThat(upward(Axis.logarithmic("y"), 11, 19)).as("too few of them").containsExactly("11", "12", "13", "14", "15", "16", "17", "18", "19");
    }

    @Test
    void haveRoundNumbersAlsoWhereThePointsLieEvenly() throws IOException {
        var x = Values.of(0, 37, 74, 111, 148);
        List<String> texts = texts(new Lines("", Axis.fromZero("x"), Axis.fromZero("y"), List.of(new LineSeries("a", x, x, LineStyle.SOLID)), List.of()));
        assertThat(texts).contains("20", "40", "100", "140").doesNotContain("37", "74", "111", "148");
    }

    @Test
    void endAlsoWhereNumbersAreTooSmallOrTooLargeForThem() throws IOException {
        for (double value : new double[] {1e-300, 1e-12, 1e300}) {
            assertThat(upward(Axis.fromZero("y"), value)).as("%s", value).hasSizeBetween(3, 12).allMatch(text -> text.length() <= 12);
        }
        assertThat(upward(Axis.free("y"), 1e9, 1e9 + 1e-4)).hasSizeBetween(2, 12);
    }

    @Test
    void valuesOfOneChartHaveTheSameDecimals() throws IOException {
        assertThat(texts(bars("%", 55, 49.1, 8))).contains("55.0", "49.1", "8.0");
        assertThat(texts(bars("ms", 1204.4, 91.23))).contains("1204", "91");
        assertThat(texts(bars("ms", 25_000, 900))).contains("25.0k", "0.9k");
        assertThat(texts(bars("ms", 100, 0.04))).as("what is little is not nothing").contains("100.00", "0.04");
        assertThat(texts(bars("ms", 5000, 0.0004))).contains("5000.00", "0.0004");
        assertThat(texts(bars("%", 100, 95, 0))).contains("100", "95", "0").doesNotContain("100.0", "0.0");
    }

    @Test
    void namesThatLookLikeFormulasAreShownAsTheyAre() throws IOException {
        var lines = new Lines("$t$", Axis.fromZero("$x^2$"), Axis.fromZero("$\\frac{1}{2}$"), List.of(new LineSeries("$a$", Values.of(1, 2), Values.of(1, 2), LineStyle.SOLID)), List.of());
        assertThat(texts(lines)).contains("$t$", "$x^2$", "$\\frac{1}{2}$", "$a$");
        assertThat(texts(new Bars("", List.of("$a$", "$a$"), true, Axis.fromZero("y"), List.of(new BarSeries("s", 1, 2)), List.of()))).contains("$a$");
    }

    @Test
    void aDashedLineIsOnePieceSoThatItsDashesGoOn() throws IOException {
        double[] x = new double[500];
        double[] y = new double[500];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
            y[i] = Math.sqrt(i);
        }
        var first = new LineSeries("a", Values.of(1), Values.of(1), LineStyle.SOLID);
        var dashed = new LineSeries("b", Values.of(x), Values.of(y), LineStyle.SOLID);
        var panel = new Lines("", Axis.fromZero("x"), Axis.fromZero("y"), List.of(first, dashed), List.of());
        assertThat(PATH.matcher(svg(panel)).results().filter(path -> path.group(1).length() > 10_000)).hasSize(1);
    }

    @Test
    void pointsThatCannotBeShownHaveNoNameEither() throws IOException {
        var points = new PointSeries("s", Values.of(1, 2, Double.NaN), Values.of(1, Double.POSITIVE_INFINITY, 1), List.of("here", "nowhere", "unknown"));
        assertThat(texts(new Scatter("", Axis.fromZero("x"), Axis.fromZero("y"), List.of(points), Optional.empty()))).contains("here").doesNotContain("nowhere", "unknown");
    }

    private static Bars bars(String label, double... values) {
        List<String> names = Values.of(values).stream().mapToObj(value -> "p" + value).toList();
        return new Bars("", names, true, Axis.fromZero(label), List.of(new BarSeries("s", values)), List.of());
    }

    /// The numbers of the upright axis of a panel with points of these heights: what is written after the legend and before the axis' name.
    private static List<String> upward(Axis axis, double... values) throws IOException {
        Values xs = Values.of(new double[values.length]);
        List<String> texts = texts(new Lines("", Axis.fromZero("x"), axis, List.of(new LineSeries("a", xs, Values.of(values), LineStyle.POINTS)), List.of()));
        return texts.subList(texts.indexOf("a") + 1, texts.indexOf("y"));
    }

    private static List<String> texts(Panel panel) throws IOException {
        return TEXT.matcher(svg(panel)).results().map(text -> text.group(1)).toList();
    }

    private static String svg(Panel panel) throws IOException {
        var chart = new Chart("stem", "Title", "Caption.", List.of(panel));
        return new String(new ChartPicture(chart, List.of(), "").bytes(ChartFormat.SVG), StandardCharsets.UTF_8);
    }
}
