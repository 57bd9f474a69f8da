package io.sagebench.report.terminal;

import io.sagebench.metrics.Evidence;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.RunMetrics.RequestCounts;
import io.sagebench.metrics.Validity;
import io.sagebench.monitor.ScrapeUse;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.BestOf;
import io.sagebench.report.BestOf.Best;
import io.sagebench.report.CacheHygiene;
import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.Significance;
import io.sagebench.report.TargetReport;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// The report on a terminal: what was measured, a table with a row for each policy, who did best, and whether the numbers can be trusted.
public final class ComparisonTable {
    /// When more than so many policies share the best figure, it tells none of them apart.
    private static final int MOST_NAMED = 4;

    private static final String TITLE = "sageLLM Scheduling Policy Benchmark Report";
    private static final String HYBRID_TITLE = "sageLLM Hybrid Scheduling Benchmark Report";
    private static final String COMPLETED = new Outcome.Completed().wireName();
    private static final String CEILINGS = "bounds rather than policies, since they are told how long each answer will be";
    private static final int NARROWEST_RULE = 60;

    private final BenchmarkReport report;
    private final TerminalStyle style;
    private final ConfigLine config;
    private final List<String> lines = new ArrayList<>();
    private List<Significance> significance = List.of();
    /// Whether a best policy was called significant or not, which needs a footnote.
    private boolean doubted;

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
    /// @param mix    the shares of prompts and of texts to embed, where both are sent; else empty
    /// @param models the models' names
    public record ConfigLine(String load, String mix, List<String> models) {
        public ConfigLine {
            models = List.copyOf(models);
        }
    }

    /// The whole text, each line ended.
    public String text() {
        var table = main().of(report.candidates());
        int rule = Math.min(style.width(), Math.max(NARROWEST_RULE, table.width()));
        lines.add(target());
        lines.add("=".repeat(rule));
        lines.add(centred(report.hybrid() ? HYBRID_TITLE : TITLE, rule));
        lines.add("=".repeat(rule));
        config(rule);
        lines.add("-".repeat(rule));
        lines.add("");
        if (!report.candidates().isEmpty()) {
            lines.addAll(table.lines(style.width()));
            lines.add("");
            if (report.hybrid()) {
                part(PolicyTable.PROMPTS);
                part(PolicyTable.TEXTS);
            }
            gpus();
        }
        ceilings();
        findings();
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /// What there is to say beside the tables.
    private void findings() {
        notRun();
        interrupted();
        notCompleted();
        best();
        sloByPriority();
        neverSteady();
        contamination();
        cacheProbe();
        scraped();
        validity();
    }

    private String target() {
        String line = report.target().line();
        return report.target().kind() == TargetReport.Kind.SIMULATED ? style.bold(line) : line;
    }

    private void config(int rule) {
        String load = "Config: " + config.load() + (config.mix().isEmpty() ? "" : " | " + config.mix());
        String models = "Models: " + String.join(", ", config.models());
        if (load.length() + models.length() + 3 <= rule) {
            lines.add(load + " | " + models);
        } else {
            lines.add(load);
            lines.addAll(Wrapped.lines("Models: ", config.models(), ", ", style.width()));
        }
    }

    private PolicyTable main() {
        return report.hybrid() ? PolicyTable.HYBRID : PolicyTable.LLM;
    }

    private void part(PolicyTable table) {
        lines.add(table.title());
        lines.addAll(table.of(report.candidates()).lines(style.width()));
        lines.add("");
    }

    /// Those of which GPUs were watched; a made-up figure never stands where a measured one would.
    private void gpus() {
        List<PolicyReport> watched = GpuTable.watched(report);
        if (!watched.isEmpty()) {
            lines.addAll(Wrapped.lines("", List.of(GpuTable.title(watched).split(" ", -1)), " ", style.width()));
            lines.addAll(GpuTable.of(watched).lines(style.width()));
            lines.add("");
        }
    }

    private void ceilings() {
        var ceilings = report.ceilings();
        if (!ceilings.isEmpty()) {
            lines.addAll(Wrapped.lines("Ceilings: ", List.of(CEILINGS.split(" ", -1)), " ", style.width()));
            lines.addAll(main().of(ceilings).lines(style.width()));
            lines.add("");
        }
    }

    private void notRun() {
        int before = lines.size();
        report.policies().forEach(policy -> policy.degraded()
                .ifPresent(how -> lines.addAll(Wrapped.lines("Degraded: " + policy.policy() + " ", List.of(how.split(" ", -1)), " ", style.width()))));
        for (NotRun policy : report.notRun()) {
            lines.addAll(Wrapped.lines("Not run: ", List.of((policy.policy() + " " + policy.reason()).split(" ", -1)), " ", style.width()));
        }
        if (lines.size() > before) {
            lines.add("");
        }
    }

    private void interrupted() {
        if (!report.run().interrupted()) {
            return;
        }
        var missing = new ArrayList<String>();
        if (report.configuration().get("policies") instanceof List<?> asked) {
            var measured = report.policies().stream().map(PolicyReport::policy).toList();
            var refused = report.notRun().stream().map(NotRun::policy).toList();
            asked.stream()
                    .map(String::valueOf)
                    .filter(name -> !measured.contains(name) && !refused.contains(name))
                    .forEach(missing::add);
        }
        lines.add(style.bold("Interrupted: what was in flight counts as cancelled"
                + (missing.isEmpty() ? "" : "; not measured: " + String.join(", ", missing))));
        lines.add("");
    }

    private void notCompleted() {
        int before = lines.size();
        for (PolicyReport policy : report.policies()) {
            RequestCounts counts = policy.metrics().counts();
            if (counts.completed() < counts.total()) {
                var kinds = new ArrayList<String>();
                counts.byOutcome().forEach((outcome, count) -> {
                    if (!outcome.equals(COMPLETED)) {
                        kinds.add(count + " " + outcome.replace('_', ' '));
                    }
                });
                lines.add("Not completed: " + policy.policy() + " " + (counts.total() - counts.completed()) + " of "
                        + counts.total() + " (" + String.join(", ", kinds) + ")");
                counts.reasons().entrySet().stream().findFirst().ifPresent(reason ->
                        lines.add("  most often: " + reason.getKey().replace('_', ' ') + ", " + reason.getValue() + " times"));
            }
        }
        if (lines.size() > before) {
            lines.add("");
        }
    }

    private void best() {
        significance = report.significance();
        boolean anyCompleted = report.policies().stream().anyMatch(policy -> policy.metrics().counts().completed() > 0);
        if (!anyCompleted) {
            lines.add(style.bold("Best: none, because no request succeeded"));
            lines.add("");
        } else if (report.candidates().size() > 1) {
            best("Throughput", report.best().throughput(), BestOf::throughputOf, Cells::rate);
            if (report.hybrid()) {
                best("LLM SLO", report.best().llmSlo(), BestOf::llmSloOf, Cells::share);
                best("Embedding SLO", report.best().embeddingSlo(), BestOf::embeddingSloOf, Cells::share);
            } else {
                best("SLO Compliance", report.best().sloCompliance(), BestOf::sloComplianceOf, Cells::share);
            }
            best("P99 Latency", report.best().p99Latency(), BestOf::p99LatencyOf, Cells::millis);
            if (doubted) {
                lines.addAll(Wrapped.lines("", List.of(Significance.HOW.split(" ", -1)), " ", style.width()));
            }
            lines.add("");
        }
    }

    /// Names all that show the same figure as the best: what rounding hides is no reason to prefer one.
    private void best(
            String what, Optional<Best> best, Function<PolicyReport, OptionalDouble> value, DoubleFunction<String> shown) {
        best.ifPresent(reached -> {
            String figure = shown.apply(reached.value());
            var names = report.candidates().stream()
                    .filter(policy -> value.apply(policy).isPresent())
                    .filter(policy -> shown.apply(value.apply(policy).getAsDouble()).equals(figure))
                    .map(PolicyReport::policy)
                    .toList();
            String who = names.size() > MOST_NAMED ? names.size() + " policies" : String.join(", ", names);
            lines.add("Best " + what + ": " + who + (names.size() > 1 ? " tie" : "") + " (" + figure + ")"
                    + (names.size() > 1 ? "" : doubt(what)));
        });
    }

    /// What speaks against calling the best one best.
    private String doubt(String what) {
        return significance.stream()
                .filter(tested -> tested.title().equals(what))
                .map(tested -> {
                    doubted = true;
                    var rivals = tested.notTold();
                    if (rivals.isEmpty()) {
                        return ", significant";
                    }
                    return tested.isTested()
                            ? ", not told apart from "
                                    + (rivals.size() > MOST_NAMED ? rivals.size() + " others" : String.join(", ", rivals))
                            : ", not tested: too few independent requests";
                })
                .findFirst()
                .orElse("");
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

    private void neverSteady() {
        var names = report.policies().stream()
                .filter(policy -> isNeverSteady(policy.metrics())
                        || policy.repeats().stream().anyMatch(ComparisonTable::isNeverSteady))
                .map(PolicyReport::policy)
                .toList();
        if (!names.isEmpty()) {
            lines.addAll(Wrapped.lines("Never steady: ", names, ", ", style.width()));
            lines.add("  latencies went on to change to the end of the run: the figures depend on its length");
            lines.add("");
        }
    }

    private static boolean isNeverSteady(RunMetrics metrics) {
        return metrics.evidence().steady().verdict() == Evidence.Steady.Verdict.NEVER_STEADY;
    }

    private void contamination() {
        CacheHygiene.warning(report.policies()).ifPresent(warning -> {
            lines.addAll(Wrapped.lines("Cache: ", List.of(warning.split(" ", -1)), " ", style.width()));
            lines.add("");
        });
    }

    private void cacheProbe() {
        int before = lines.size();
        for (PolicyReport policy : report.policies()) {
            policy.cacheProbe().ifPresent(probe -> lines.add("Cache probe: " + policy.policy() + " TTFT "
                    + Cells.millis(probe.coldTtftNanos()) + " cold, " + Cells.millis(probe.warmTtftNanos()) + " warm"
                    + (probe.warmCachedShare().isPresent() ? " (" + Cells.share(probe.warmCachedShare()) + " cached)" : "")));
        }
        if (lines.size() > before) {
            lines.add("");
        }
    }

    /// Pages of metrics that could not be read: what they would have said is missing.
    private void scraped() {
        int before = lines.size();
        for (PolicyReport policy : report.policies()) {
            for (ScrapeUse page : policy.machines().scraped()) {
                page.lastFailure().ifPresent(why -> lines.addAll(Wrapped.lines(
                        "Not scraped: ",
                        List.of((policy.policy() + ": " + page.url() + " " + page.failures() + " of " + (page.samples() + page.failures()) + " times: " + why)
                                .split(" ", -1)),
                        " ",
                        style.width())));
            }
        }
        if (lines.size() > before) {
            lines.add("");
        }
    }

    private void validity() {
        int before = lines.size();
        var notes = new LinkedHashMap<String, List<String>>();
        for (PolicyReport policy : report.policies()) {
            Validity validity = policy.metrics().validity();
            switch (validity.verdict()) {
                case CLIENT_LIMITED -> lines.add(style.bold("Validity: CLIENT LIMITED for " + policy.policy() + ": "
                        + String.join("; ", validity.reasons())));
                case VALID -> {}
            }
            validity.notes().forEach(note -> notes.computeIfAbsent(note, _ -> new ArrayList<>()).add(policy.policy()));
        }
        if (lines.size() == before && !report.policies().isEmpty()) {
            lines.add("Validity: valid, the load generator kept its schedule");
        }
        notes.forEach((note, policies) -> lines.add("Note: " + String.join(", ", policies) + ": " + note));
    }

    private static String centred(String text, int width) {
        return " ".repeat(Math.max(0, (width - text.length()) / 2)) + text;
    }
}
