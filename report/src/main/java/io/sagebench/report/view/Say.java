package io.sagebench.report.view;

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

    /// Something per second, without the unit: one decimal below a hundred.
    public static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
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
