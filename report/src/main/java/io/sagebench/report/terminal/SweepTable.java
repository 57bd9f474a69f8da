package io.sagebench.report.terminal;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.NotRun;
import io.sagebench.report.TargetReport;
import io.sagebench.report.sweep.PolicySweep;
import io.sagebench.report.sweep.RateResult;
import io.sagebench.report.sweep.SweepReport;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A sweep on a terminal: for each policy a table with a row for each rate, and its knee.
public final class SweepTable {
    private static final double SHORT_RUNS = 10;

    private static final List<Column> LLM = List.of(
            new Column("Rate", rate -> plain(rate.ratePerSecond()) + " req/s" + (rate.cutShort() ? " (cut short)" : "")),
            new Column("Throughput", rate -> Cells.rate(metrics(rate).throughput().requestsPerSecond())),
            new Column("P99 E2E", rate -> Cells.millis(metrics(rate).endToEnd(), LatencySummary::p99)),
            new Column("SLO Rate", rate -> Cells.share(metrics(rate).slo().attainment())),
            new Column("Errors", rate -> Cells.errors(metrics(rate).counts())));

    private static final List<Column> HYBRID = List.of(
            LLM.get(0),
            LLM.get(1),
            new Column("LLM RPS", rate -> Cells.number(metrics(rate).parts().llmRequestsPerSecond())),
            new Column("Embed RPS", rate -> Cells.number(metrics(rate).parts().embeddingRequestsPerSecond())),
            LLM.get(2),
            LLM.get(3));

    private final SweepReport report;
    private final ConfigLine config;
    private final TerminalStyle style;

    /// @param report what to print
    /// @param config what was asked for
    /// @param style  what the terminal can show
    public SweepTable(SweepReport report, ConfigLine config, TerminalStyle style) {
        this.report = report;
        this.config = config;
        this.style = style;
    }

    private record Column(String header, Function<RateResult, String> cell) {}

    /// The whole text, each line ended.
    public String text() {
        var lines = new ArrayList<String>();
        String target = report.target().line();
        lines.add(report.target().kind() == TargetReport.Kind.SIMULATED ? style.bold(target) : target);
        lines.add("Config: " + config.load() + (config.mix().isEmpty() ? "" : " | " + config.mix()));
        lines.addAll(Wrapped.lines("Models: ", config.models(), ", ", style.width()));
        for (PolicySweep policy : report.policies()) {
            lines.add("");
            lines.add("Rate sweep: " + policy.policy());
            lines.addAll(table(policy).lines(style.width()));
        }
        lines.add("");
        report.policies().forEach(policy -> lines.add(knee(policy)));
        shortRuns(lines);
        for (NotRun policy : report.notRun()) {
            lines.addAll(Wrapped.lines("Not run: ", List.of((policy.policy() + " " + policy.reason()).split(" ", -1)), " ", style.width()));
        }
        report.error().ifPresent(error -> lines.add(style.bold("Incomplete: " + error)));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private Columns table(PolicySweep policy) {
        List<Column> columns = report.hybrid() ? HYBRID : LLM;
        return new Columns(
                columns.stream().map(Column::header).toList(),
                policy.rates().stream()
                        .map(rate -> columns.stream().map(column -> column.cell().apply(rate)).toList())
                        .toList());
    }

    private static String knee(PolicySweep policy) {
        return "Knee: " + policy.policy() + " "
                + policy.knee()
                        .map(knee -> "serves " + plain(knee.ratePerSecond()) + " req/s"
                                + (knee.isHighest() ? ", the highest rate measured: its limit lies beyond" : ""))
                        .orElse("serves none of these rates");
    }

    /// What makes the knee doubtful: a queue takes time to grow.
    private void shortRuns(List<String> lines) {
        report.policies().stream().findFirst().flatMap(policy -> policy.whole().stream().reduce((_, last) -> last)).ifPresent(fastest -> {
            RunMetrics metrics = metrics(fastest);
            double span = (metrics.counts().total() - 1) / metrics.throughput().offeredRequestsPerSecond().orElse(Double.POSITIVE_INFINITY);
            double typical = metrics.endToEnd().map(LatencySummary::p50).orElse(0.0) / 1e9;
            if (span < SHORT_RUNS * typical) {
                lines.add(String.format(
                        Locale.ROOT,
                        "Short: at %s req/s all requests arrive within %.1f s, and half the answers take more than %s; more requests (-n) show queues better",
                        plain(fastest.ratePerSecond()), span, Cells.millis(typical * 1e9)));
            }
        });
    }

    private static RunMetrics metrics(RateResult rate) {
        return rate.policy().metrics();
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
