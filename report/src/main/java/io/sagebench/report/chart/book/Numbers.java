package io.sagebench.report.chart.book;

import java.util.Locale;

/// Figures in labels and captions: three digits, and no more.
final class Numbers {
    private static final double WHOLE_FROM = 100;
    private static final double TENTHS_FROM = 10;

    private Numbers() {}

    /// `412`, `41.2`, `4.12`; without zeros at the end of a fraction.
    static String text(double value) {
        double size = Math.abs(value);
        String text = String.format(Locale.ROOT, size >= WHOLE_FROM ? "%.0f" : size >= TENTHS_FROM ? "%.1f" : size >= 1 || size == 0 ? "%.2f" : "%.3g", value);
        return text.contains(".") && !text.contains("e") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
    }
}
