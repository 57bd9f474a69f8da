package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Chart;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a drawing an SVG file for everywhere: without a reference to the network, with a title and a description for those who do not see it, and
/// with fonts to fall back on.
final class SvgText {
    private static final Pattern DOCUMENT_TYPE = Pattern.compile("<!DOCTYPE[^>]*>\\s*");
    private static final Pattern ROOT = Pattern.compile("<svg [^>]*>");
    private static final Pattern FAMILY = Pattern.compile("(<text style=\"[^\"]*?)font-family:(?:&quot;[^&]*&quot;|[^;&\"]*);");
    private static final Pattern LINES = Pattern.compile("<path d=\"[^\"]*\"");
    private static final Pattern EXACT = Pattern.compile("(\\.\\d\\d)\\d+(?![\\dE])");
    private static final String FAMILIES = "$1font-family:'DejaVu Sans',Verdana,'Liberation Sans',Arial,sans-serif;";

    private SvgText() {}

    static byte[] finished(byte[] drawing, Chart chart, int width, int height) {
        String svg = new String(drawing, StandardCharsets.UTF_8);
        String root = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 "
                + width + ' ' + height + "\" role=\"img\" font-size=\"12px\">\n  <title>" + escaped(chart.title()) + "</title>\n  <desc>" + escaped(chart.caption())
                + "</desc>";
        svg = DOCUMENT_TYPE.matcher(svg).replaceFirst("");
        svg = ROOT.matcher(svg).replaceFirst(Matcher.quoteReplacement(root));
        svg = LINES.matcher(svg).replaceAll(line -> EXACT.matcher(line.group()).replaceAll("$1")); // hundredths of a point are enough
        return FAMILY.matcher(svg).replaceAll(FAMILIES).getBytes(StandardCharsets.UTF_8);
    }

    static String escaped(String text) {
        return Ink.clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
