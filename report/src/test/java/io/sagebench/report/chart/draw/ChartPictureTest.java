package io.sagebench.report.chart.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Panel.Box;
import io.sagebench.report.chart.Panel.CountSeries;
import io.sagebench.report.chart.Panel.Histogram;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import io.sagebench.report.view.Values;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class ChartPictureTest {
    private static final int FIFO = 0x0072B2;
    private static final int PRIORITY = 0xE69F00;
    private static final int GROUND = 0xFFFFFF;
    private static final List<String> POLICIES = List.of("fifo", "priority");
    private static final Values BOTH = Values.of(100, 50);

    @Test
    void barsAreAsHighAsTheirValuesInTheColoursOfTheirPolicies() throws IOException {
        BufferedImage image = png(bars(new BarSeries("figure", 100, 50)));
        long fifo = tall(image, FIFO);
        long priority = tall(image, PRIORITY);
        assertThat(fifo).isGreaterThan(200);
        assertThat((double) priority / fifo).isBetween(0.49, 0.51);
    }

    @Test
    void aPngHasTwoPixelsForEachPointAndIsNotBlank() throws IOException {
        var picture = new ChartPicture(bars(new BarSeries("figure", 100, 50)), POLICIES, "");
        BufferedImage image = read(picture.bytes(ChartFormat.PNG));
        assertThat(image.getWidth()).isEqualTo(2 * picture.width());
        assertThat(image.getHeight()).isEqualTo(2 * picture.height());
        assertThat(count(image, GROUND)).isLessThan((long) image.getWidth() * image.getHeight());
    }

    @Test
    void anIntervalReachesBeyondItsBarAndAnUnknownValueHasNone() throws IOException {
        BufferedImage without = png(bars(new BarSeries("figure", BOTH, Values.NONE, Values.NONE)));
        BufferedImage with = png(bars(new BarSeries("figure", BOTH, Values.of(80, 40), Values.of(110, 70))));
        int interval = 0x3E4C59;
        assertThat(count(without, interval)).isZero();
        assertThat(count(with, interval)).isGreaterThan(100);
        BufferedImage unknown = png(bars(new BarSeries("figure", Double.NaN, 50)));
        assertThat(count(unknown, FIFO)).isZero();
        assertThat(count(unknown, PRIORITY)).isGreaterThan(1000);
    }

    @Test
    void everyKindOfPanelShowsItsSeries() throws IOException {
        Axis axis = Axis.fromZero("x");
        var two = Values.of(0, 10);
        for (Panel panel : List.of(
                new Lines("", axis, axis, List.of(line(LineStyle.SOLID), line(LineStyle.STEP), line(LineStyle.POINTS)), List.of()),
                new Scatter("", axis, axis, List.of(new PointSeries("fifo", BOTH, BOTH, List.of("a", "b"))), Optional.of(new Box("SLO", 60, 60))),
                new Histogram("", axis, axis, Values.of(0, 5, 10), List.of(new CountSeries("fifo", Values.of(3, 1))), List.of(new Mark("p50", 5, true))),
                new Lines("", Axis.logarithmic("x"), Axis.logarithmic("y"), List.of(new LineSeries("fifo", Values.of(1, 0, 1000), Values.of(1, 1, 1e6), LineStyle.POINTS)), List.of()),
                new Bars("", List.of("a"), false, axis, List.of(new BarSeries("fifo", 1), new BarSeries("x", 2)), true, List.of()),
                new Lines("", axis, axis, List.of(new LineSeries("fifo", two, two, LineStyle.SOLID)), List.of(new Mark("most", 5, false))))) {
            assertThat(count(png(new Chart("stem", "Title", "Caption.", List.of(panel))), FIFO)).as(panel.toString()).isGreaterThan(40);
        }
    }

    private static LineSeries line(LineStyle style) {
        return new LineSeries("fifo", Values.of(0, 1, 2), Values.of(1, Double.NaN, 3), style);
    }

    @Test
    void nothingAndASinglePointCanBeDrawn() throws IOException {
        Axis axis = Axis.free("x");
        for (Panel panel : List.of(
                new Lines("", axis, axis, List.of(), List.of()),
                new Lines("", axis, axis, List.of(new LineSeries("fifo", Values.of(5), Values.of(5), LineStyle.SOLID)), List.of()),
                new Bars("", List.of(), true, axis, List.of(), List.of()),
                new Bars("", List.of("a"), true, Axis.fromZero("y"), List.of(new BarSeries("s", 0)), List.of()),
                new Scatter("", axis, axis, List.of(), Optional.empty()))) {
            assertThat(png(new Chart("stem", "Title", "Caption.", List.of(panel))).getWidth()).isPositive();
        }
    }

    @Test
    void anSvgHoldsItsTextsAsTextAndNothingElse() throws Exception {
        String evil = "<script>alert(\"1\")</script> & ]]> '\u0000\uD800";
        var chart = new Chart("stem", evil, "Caption \uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD " + evil, List.of(new Bars(
                evil, List.of("fifo", evil), true, Axis.fromZero(evil), List.of(new BarSeries(evil, 1, 2)), List.of(new Mark(evil, 1, false)))));
        byte[] svg = new ChartPicture(chart, POLICIES, evil).bytes(ChartFormat.SVG);
        Document document = xml(svg);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("title").item(0).getTextContent()).startsWith("<script>alert(\"1\")</script> & ]]> '");
        List<String> texts = texts(document);
        assertThat(texts).contains("fifo").anyMatch(text -> text.startsWith("<script>alert")).anyMatch(text -> text.contains("\uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD"));
        assertThat(new String(svg, StandardCharsets.UTF_8)).as("nothing is fetched from anywhere").doesNotContain("<!DOCTYPE", ".dtd", "href");
    }

    @Test
    void whatIsMadeUpIsWrittenAcrossInEveryFormat() throws Exception {
        List<Panel> panels = bars(new BarSeries("figure", 100, 50)).panels();
        var measured = new ChartPicture(new Chart("stem", "Title", "Caption.", panels, false), POLICIES, "");
        var made = new ChartPicture(new Chart("stem", "Title", "Caption.", panels, true), POLICIES, "");
        assertThat(texts(xml(measured.bytes(ChartFormat.SVG)))).doesNotContain("SYNTHETIC");
        assertThat(texts(xml(made.bytes(ChartFormat.SVG)))).contains("SYNTHETIC");
        assertThat(count(read(made.bytes(ChartFormat.PNG)), GROUND)).isLessThan(count(read(measured.bytes(ChartFormat.PNG)), GROUND) - 10_000);
        assertThat(made.bytes(ChartFormat.PDF)).hasSizeGreaterThan(measured.bytes(ChartFormat.PDF).length);
    }

    @Test
    void aPdfIsWhole() throws IOException {
        byte[] pdf = new ChartPicture(bars(new BarSeries("figure", 100, 50)), POLICIES, "\u05E9 \uD83D\uDE00").bytes(ChartFormat.PDF);
        assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-").endsWith("%%EOF\n");
    }

    @Test
    void theSameChartIsTheSameFile() throws IOException {
        Chart chart = bars(new BarSeries("figure", 100, 50));
        for (ChartFormat format : List.of(ChartFormat.PNG, ChartFormat.SVG)) {
            assertThat(new ChartPicture(chart, POLICIES, "x").bytes(format)).isEqualTo(new ChartPicture(chart, POLICIES, "x").bytes(format));
        }
    }

    private static Chart bars(BarSeries series) {
        return new Chart("stem", "Title", "Caption.", List.of(new Bars("", POLICIES, true, Axis.fromZero("Requests/s"), List.of(series), List.of())));
    }

    private static BufferedImage png(Chart chart) throws IOException {
        return read(new ChartPicture(chart, POLICIES, "source").bytes(ChartFormat.PNG));
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static Document xml(byte[] svg) throws ParserConfigurationException, SAXException, IOException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static List<String> texts(Document document) {
        NodeList texts = document.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()).toList();
    }

    private static long count(BufferedImage image, int colour) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == colour)
                .count();
    }

    /// Rows that have a colour.
    private static long tall(BufferedImage image, int colour) {
        return IntStream.range(0, image.getHeight())
                .filter(y -> IntStream.range(0, image.getWidth()).anyMatch(x -> (image.getRGB(x, y) & 0xFFFFFF) == colour))
                .count();
    }
}
