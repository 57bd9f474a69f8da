package io.sagebench.report.chart.draw;

import java.util.Locale;

/// Values written beside what they are of: three digits.
final class Labels {
    private Labels() {}

    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return String.format(Locale.ROOT, "%.2fM", value / 1e6);
        }
        if (size >= 1e4) {
            return String.format(Locale.ROOT, "%.1fk", value / 1e3);
        }
        String text = String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 || size == 0 ? "%.2f" : "%.3g", value);
        return text.contains(".") && !text.contains("e") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
    }
}
