package io.sagebench.report.terminal;

import io.sagebench.report.definitions.Distribution;
import io.sagebench.report.definitions.ToolFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What another tool would have said of one policy.
public final class ToolTable {
    private static final double MILLIS = 1e3;

    private ToolTable() {}

    /// Its figures, line by line.
    public static List<String> lines(String policy, ToolFigures said, int width) {
        var lines = new ArrayList<String>();
        lines.add(policy + ", as " + said.tool().name() + " counts: " + said.tool().rule());
        var rows = new ArrayList<List<String>>();
        said.figures().distributions().forEach((name, distribution) -> rows.add(List.of(
                name,
                Integer.toString(distribution.size()),
                millis(distribution.mean()),
                percentile(said, distribution, 50),
                percentile(said, distribution, 90),
                percentile(said, distribution, 95),
                percentile(said, distribution, 99))));
        lines.addAll(new Columns(List.of("Figure", "Samples", "Mean ms", "p50 ms", "p90 ms", "p95 ms", "p99 ms"), rows).lines(width));
        lines.add(String.format(
                Locale.ROOT,
                "%d completed, %d not; %.2f req/s, %.1f output tokens/s over %.2f s",
                said.completed(),
                said.failed(),
                said.requestsPerSecond(),
                said.outputTokensPerSecond(),
                said.figures().windowSeconds()));
        return lines;
    }

    private static String percentile(ToolFigures said, Distribution distribution, double percent) {
        return millis(said.tool().percentile(distribution, percent));
    }

    private static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds * MILLIS);
    }
}
