package io.sagebench.report.chart.draw;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Writes on a picture. The same font measures everywhere, so that a picture has one layout in all formats.
final class Ink {
    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);
    private static final Pattern UNIT = Pattern.compile("(\\d) (%|ms|s)(?![a-z])"); // a number stays with its unit
    private static final String CUT = "…";
    private static final char REPLACEMENT = '\uFFFD';

    private final Graphics2D graphics;
    private final boolean outlines;

    /// Where a text lies from its point.
    enum Side {
        /// It begins there.
        LEFT,
        /// Its middle is there.
        MIDDLE,
        /// It ends there.
        RIGHT
    }

    /// @param outlines whether letters are drawn as shapes, for formats that cannot carry every letter as text
    Ink(Graphics2D graphics, boolean outlines) {
        this.graphics = graphics;
        this.outlines = outlines;
    }

    Graphics2D graphics() {
        return graphics;
    }

    /// @param y of the line that letters stand on
    void write(String text, Font font, Color colour, double x, double y, Side side) {
        String shown = clean(text);
        if (shown.isBlank()) {
            return;
        }
        double left = switch (side) {
            case LEFT -> x;
            case MIDDLE -> x - width(shown, font) / 2;
            case RIGHT -> x - width(shown, font);
        };
        graphics.setColor(colour);
        if (outlines) {
            graphics.fill(new TextLayout(shown, font, MEASURE).getOutline(AffineTransform.getTranslateInstance(left, y)));
        } else {
            graphics.setFont(font);
            graphics.drawString(shown, (float) left, (float) y);
        }
    }

    /// The same, turned around its point.
    void writeTurned(String text, Font font, Color colour, double x, double y, Side side, double radians) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(radians);
        write(text, font, colour, 0, 0, side);
        graphics.setTransform(before);
    }

    static double width(String text, Font font) {
        String shown = clean(text);
        return shown.isEmpty() ? 0 : font.getStringBounds(shown, MEASURE).getWidth();
    }

    /// A text that fits, with an ellipsis where it was cut.
    static String fitting(String text, Font font, double most) {
        String shown = clean(text);
        if (width(shown, font) <= most) {
            return shown;
        }
        int end = shown.length();
        while (end > 0 && width(shown.substring(0, end) + CUT, font) > most) {
            end = shown.offsetByCodePoints(end, -1);
        }
        return shown.substring(0, end) + CUT;
    }

    /// A text in lines that fit, broken between words where there are any.
    static List<String> wrapped(String text, Font font, double most) {
        var lines = new ArrayList<String>();
        String line = "";
        for (String word : UNIT.matcher(clean(text)).replaceAll("$1\u00A0$2").strip().split(" +", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer, font) <= most) {
                line = longer;
            } else {
                if (!line.isEmpty()) {
                    lines.add(line);
                }
                line = fitting(word, font, most);
            }
        }
        lines.add(line);
        return lines;
    }

    /// A text without what no file format can hold: control letters, and halves of letters.
    static String clean(String text) {
        var clean = new StringBuilder();
        text.codePoints().forEach(letter -> {
            boolean broken = (letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE) || letter == 0xFFFE || letter == 0xFFFF;
            if (letter == '\n' || letter == '\t' || letter == '\r') {
                clean.append(' ');
            } else {
                clean.appendCodePoint(broken || Character.isISOControl(letter) ? REPLACEMENT : letter);
            }
        });
        return clean.toString();
    }
}
