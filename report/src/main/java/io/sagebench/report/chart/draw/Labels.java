package io.sagebench.report.chart.draw;

import java.util.Locale;
import java.util.stream.DoubleStream;

/// How values are written beside what they are of: all of one chart in one unit and with as many decimals.
///
/// @param unit     what they are divided by
/// @param suffix   that says so: `k`
/// @param decimals after the point
record Labels(double unit, String suffix, int decimals) {
    private static final double THOUSAND = 1e3;
    private static final double TEN_THOUSAND = 1e4;
    private static final double MILLION = 1e6;
    private static final double ENORMOUS = 1e12;
    private static final int MOST_DECIMALS = 9;
    private static final int MOST_FOR_SMALL = 2;
    private static final int DIGITS = 2;

    /// With three digits for the largest, and up to two decimals more when the smallest would be nothing without them; whole numbers as they are.
    static Labels of(DoubleStream all) {
        double[] sizes = all.map(Math::abs).filter(size -> Double.isFinite(size) && size > 0).toArray();
        double largest = DoubleStream.of(sizes).max().orElse(0);
        double unit = largest >= MILLION ? MILLION : largest >= TEN_THOUSAND ? THOUSAND : 1;
        boolean whole = unit == 1 && DoubleStream.of(sizes).allMatch(size -> size == Math.rint(size));
        int enough = whole ? 0 : decimals(largest / unit, DIGITS);
        int forSmallest = decimals(DoubleStream.of(sizes).min().orElse(0) / unit, 0);
        return new Labels(unit, suffix(unit), Math.max(enough, Math.min(forSmallest, enough + MOST_FOR_SMALL)));
    }

    private static String suffix(double unit) {
        return unit == MILLION ? "M" : unit == THOUSAND ? "k" : "";
    }

    /// How many decimals show so many digits after a value's first.
    private static int decimals(double size, int digits) {
        if (size <= 0) {
            return 0;
        }
        int first = (int) Math.floor(Math.log10(size));
        return Math.clamp((first == 2 ? 1L : 0L) + digits - first, 0, MOST_DECIMALS); // 100.0 beside 49.1
    }

    /// One of them; what these decimals would show as nothing, though it is not, has the digit that it needs.
    String of(double value) {
        if (Math.abs(value) >= ENORMOUS) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value / unit);
        return value != 0 && Double.parseDouble(text) == 0 ? String.format(Locale.ROOT, "%.1g", value) : text + suffix;
    }

    /// A number on an axis, with as many decimals as the step between them needs; `12k` for thousands.
    static String tick(double value, double step) {
        double size = Math.abs(value);
        if (size >= ENORMOUS) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        double unit = size >= MILLION ? MILLION : size >= TEN_THOUSAND ? THOUSAND : 1;
        int decimals = 0;
        double scaled = step / unit;
        while (decimals < MOST_DECIMALS && Math.abs(scaled - Math.rint(scaled)) > 1e-6 * scaled) {
            decimals++;
            scaled *= 10;
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value / unit);
        return text.replaceFirst("^-(0(\\.0*)?)$", "$1") + suffix(unit);
    }
}
