package io.sagebench.report.chart.draw;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// In which form a picture is written.
public enum ChartFormat {
    /// Two pixels for each point.
    PNG,
    /// Text stays text.
    SVG,
    /// Letters are shapes, so that every letter shows everywhere.
    PDF;

    /// How the names of its files end, without the dot.
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of that name, in any case.
    public static Optional<ChartFormat> named(String name) {
        return Stream.of(values()).filter(format -> format.extension().equals(name.toLowerCase(Locale.ROOT))).findFirst();
    }
}
