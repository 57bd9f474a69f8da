package io.sagebench.report.terminal;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.RunMetrics.RequestCounts;
import io.sagebench.metrics.Validity;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.BestOf.Best;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.TargetReport;
import io.sagebench.request.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// The report on a terminal: what was measured, a table with a row for each policy, who did best, and whether the numbers can be trusted.
public final class ComparisonTable {
    private static final String TITLE = "sageLLM Scheduling Policy Benchmark Report";
    private static final int NARROWEST_RULE = 60;
    private static final List<String> HEADER =
            List.of("Policy", "Throughput", "Avg E2E", "P99 E2E", "Avg TTFT", "SLO Rate", "Errors");

    private final BenchmarkReport report;
    private final TerminalStyle style;
    private final ConfigLine config;
    private final List<String> lines = new ArrayList<>();

    /// @param report what to print
    /// @param config what was asked for
    /// @param style  what the terminal can show
    public ComparisonTable(BenchmarkReport report, ConfigLine config, TerminalStyle style) {
        this.report = report;
        this.config = config;
        this.style = style;
    }

    /// What was asked for, in short.
    ///
    /// @param load   for example `1000 requests @ 100 req/s`
    /// @param models the models' names
    public record ConfigLine(String load, List<String> models) {
        public ConfigLine {
            models = List.copyOf(models);
        }
    }

    /// The whole text, each line ended.
    public String text() {
        var table = new Columns(HEADER, report.policies().stream().map(ComparisonTable::row).toList());
        int rule = Math.min(style.width(), Math.max(NARROWEST_RULE, table.width()));
        lines.add(target());
        lines.add("=".repeat(rule));
        lines.add(centred(TITLE, rule));
        lines.add("=".repeat(rule));
        config(rule);
        lines.add("-".repeat(rule));
        lines.add("");
        lines.addAll(table.lines(style.width()));
        lines.add("");
        notCompleted();
        best();
        sloByPriority();
        validity();
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private String target() {
        String line = report.target().line();
        return report.target().kind() == TargetReport.Kind.SIMULATED ? style.bold(line) : line;
    }

    private void config(int rule) {
        String load = "Config: " + config.load();
        String models = "Models: " + String.join(", ", config.models());
        if (load.length() + models.length() + 3 <= rule) {
            lines.add(load + " | " + models);
        } else {
            lines.add(load);
            lines.addAll(Wrapped.lines("Models: ", config.models(), ", ", style.width()));
        }
    }

    private static List<String> row(PolicyReport policy) {
        RunMetrics metrics = policy.metrics();
        return List.of(
                policy.policy(),
                Cells.rate(metrics.throughput().requestsPerSecond()),
                Cells.millis(metrics.endToEnd(), LatencySummary::mean),
                Cells.millis(metrics.endToEnd(), LatencySummary::p99),
                Cells.millis(metrics.ttft(), LatencySummary::mean),
                Cells.share(metrics.slo().attainment()),
                Cells.errors(metrics.counts()));
    }

    private void notCompleted() {
        int before = lines.size();
        for (PolicyReport policy : report.policies()) {
            RequestCounts counts = policy.metrics().counts();
            if (counts.completed() < counts.total()) {
                var kinds = new ArrayList<String>();
                addKind(kinds, counts.failed(), "failed");
                addKind(kinds, counts.timedOut(), "timed out");
                addKind(kinds, counts.rejected(), "rejected");
                lines.add("Not completed: " + policy.policy() + " " + (counts.total() - counts.completed()) + " of "
                        + counts.total() + " (" + String.join(", ", kinds) + ")");
            }
        }
        if (lines.size() > before) {
            lines.add("");
        }
    }

    private static void addKind(List<String> kinds, long count, String what) {
        if (count > 0) {
            kinds.add(count + " " + what);
        }
    }

    private void best() {
        boolean anyCompleted = report.policies().stream().anyMatch(policy -> policy.metrics().counts().completed() > 0);
        if (!anyCompleted) {
            lines.add(style.bold("Best: none, because no request succeeded"));
            lines.add("");
        } else if (report.policies().size() > 1) {
            best("Throughput", report.best().throughput(), Cells::rate);
            best("SLO Compliance", report.best().sloCompliance(), Cells::share);
            best("P99 Latency", report.best().p99Latency(), Cells::millis);
            lines.add("");
        }
    }

    private void best(String what, Optional<Best> best, DoubleFunction<String> shown) {
        best.ifPresent(reached -> lines.add("Best " + what + ": " + String.join(", ", reached.policies())
                + (reached.policies().size() > 1 ? " tie" : "") + " (" + shown.apply(reached.value()) + ")"));
    }

    private void sloByPriority() {
        int before = lines.size();
        for (Priority priority : Priority.values()) {
            var shares = report.policies().stream()
                    .filter(policy -> policy.metrics().byPriority().containsKey(priority))
                    .map(policy -> policy.policy() + " "
                            + Cells.share(policy.metrics().byPriority().get(priority).slo().attainment()))
                    .toList();
            if (!shares.isEmpty()) {
                lines.addAll(Wrapped.lines("SLO " + priority + ": ", shares, " | ", style.width()));
            }
        }
        if (lines.size() > before) {
            lines.add("");
        }
    }

    private void validity() {
        int before = lines.size();
        for (PolicyReport policy : report.policies()) {
            Validity validity = policy.metrics().validity();
            switch (validity.verdict()) {
                case CLIENT_LIMITED -> lines.add(style.bold("Validity: CLIENT LIMITED for " + policy.policy() + ": "
                        + String.join("; ", validity.reasons())));
                case VALID -> {}
            }
        }
        if (lines.size() == before && !report.policies().isEmpty()) {
            lines.add("Validity: valid, the load generator kept its schedule");
        }
    }

    private static String centred(String text, int width) {
        return " ".repeat(Math.max(0, (width - text.length()) / 2)) + text;
    }
}
