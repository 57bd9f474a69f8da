package io.sagebench.report.chart.draw;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import io.sagebench.report.chart.Chart;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/// A chart as a picture.
public final class ChartPicture {
    private static final int PIXELS_PER_POINT = 2;
    private static final String HEADLESS = "java.awt.headless";

    static {
        if (System.getProperty(HEADLESS) == null) {
            System.setProperty(HEADLESS, "true"); // before the first class of AWT asks for a screen
        }
    }

    private final Chart chart;
    private final ChartPainter painter;

    /// @param chart    drawn
    /// @param policies all of the report, so that each has one colour in all its charts
    /// @param source   what was measured, in a sentence under the caption; empty for none
    public ChartPicture(Chart chart, List<String> policies, String source) {
        this.chart = chart;
        this.painter = new ChartPainter(chart, policies, source);
    }

    /// Its width in points.
    public int width() {
        return painter.width();
    }

    /// Its height in points.
    public int height() {
        return painter.height();
    }

    /// A whole file.
    public byte[] bytes(ChartFormat format) throws IOException {
        return switch (format) {
            case PNG -> png();
            case SVG -> SvgText.finished(vector("svg", false), chart, width(), height());
            case PDF -> vector("pdf", true);
        };
    }

    private byte[] png() throws IOException {
        var image = new BufferedImage(width() * PIXELS_PER_POINT, height() * PIXELS_PER_POINT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
            painter.paint(new Ink(graphics, false));
        } finally {
            graphics.dispose();
        }
        var bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("this Java has no writer for PNG");
        }
        return bytes.toByteArray();
    }

    private byte[] vector(String format, boolean outlines) throws IOException {
        var graphics = new VectorGraphics2D();
        painter.paint(new Ink(graphics, outlines));
        var bytes = new ByteArrayOutputStream();
        Processors.get(format).getDocument(graphics.getCommands(), new PageSize(width(), height())).writeTo(bytes);
        return bytes.toByteArray();
    }
}
