package io.sagebench.report.engine;

import java.util.Locale;
import java.util.OptionalDouble;

/// Figures of the engine benchmark as people read them. A dash is not known.
final class EngineFigure {
    static final String UNKNOWN = "-";

    private EngineFigure() {}

    /// With so many decimals.
    static String of(EngineMetrics metrics, String key, int decimals) {
        return of(metrics.value(key), decimals);
    }

    static String of(OptionalDouble value, int decimals) {
        return value.isPresent() ? String.format(Locale.ROOT, "%." + decimals + "f", value.getAsDouble()) : UNKNOWN;
    }

    /// A figure as its unit asks: whole, a share as a percentage, else with two decimals.
    static String of(EngineMetrics metrics, EngineField field) {
        OptionalDouble value = metrics.value(field.key());
        return switch (field.unit()) {
            case SHARE -> percent(value);
            case EPOCH_SECONDS -> of(value, 3);
            case MILLISECONDS, SECONDS, TOKENS_PER_SECOND, REQUESTS_PER_SECOND, MEGABYTES -> of(value, 2);
            case WHOLE_MEGABYTES, BYTES, TOKENS, COUNT -> of(value, 0);
        };
    }

    /// A share as a percentage.
    static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.1f%%", 100 * share.getAsDouble()) : UNKNOWN;
    }
}
