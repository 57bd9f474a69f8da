package io.sagebench.report.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Numbers and lists as sentences have them.
public final class Say {
    private static final double SHORT_MILLIS = 10;
    private static final double LONG_MILLIS = 10_000;
    private static final String UNKNOWN = "unknown";

    private Say() {}

    /// A share from 0 to 1 as a percentage. What is not quite all or nothing never reads as if it were.
    public static String percent(double share) {
        double percent = share * 100;
        if (share < 1 && percent > 99.9) {
            return "99.9 %";
        }
        if (share > 0 && percent < 0.1) {
            return "0.1 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /// The same, or that it is not known.
    public static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : UNKNOWN;
    }

    /// Milliseconds, with a decimal below 10, and as seconds from 10 seconds on.
    public static String millis(double millis) {
        if (Math.abs(millis) >= LONG_MILLIS) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        return String.format(Locale.ROOT, Math.abs(millis) < SHORT_MILLIS ? "%.1f ms" : "%.0f ms", millis);
    }

    /// The same, or that it is not known.
    public static String millis(OptionalDouble millis) {
        return millis.isPresent() ? millis(millis.getAsDouble()) : UNKNOWN;
    }

    /// A number without a unit: no decimals from a hundred on, one below, and three digits below one, so that what is small never reads as nothing.
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return size >= 1 ? String.format(Locale.ROOT, "%.1f", value) : digits(value, 3);
    }

    /// So many significant digits, without an exponent.
    public static String digits(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros().toPlainString();
    }

    /// The same, or that it is not known.
    public static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : UNKNOWN;
    }

    /// `a, b and c`; more than four are counted after the third.
    public static String list(List<String> names) {
        if (names.size() > 4) {
            return String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " others";
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
