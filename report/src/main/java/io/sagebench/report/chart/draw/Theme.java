package io.sagebench.report.chart.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;

/// Fonts, greys and measures that all pictures share. Lengths are in points, of which a PNG has two pixels each.
final class Theme {
    static final Color GROUND = Color.WHITE;
    static final Color INK = new Color(0x1F2933);
    static final Color QUIET = new Color(0x52606D);
    static final Color GRID = new Color(0xE4E7EB);
    static final Color AXIS = new Color(0x9AA5B1);
    static final Color MARK = new Color(0x7B8794);
    static final Color BOX = new Color(0, 158, 115, 28);
    static final Color MADE_UP = new Color(200, 30, 30, 50);

    static final Font TITLE = font(Font.BOLD, 19);
    static final Font PANEL = font(Font.BOLD, 13);
    static final Font TEXT = font(Font.PLAIN, 12);
    static final Font SMALL = font(Font.PLAIN, 11);
    static final Font TINY = font(Font.PLAIN, 10);

    static final int PAD = 24;
    static final int GAP = 18;
    static final int LINE = 16;

    static final BasicStroke THIN = new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    static final BasicStroke ACROSS = new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0);

    private Theme() {}

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
