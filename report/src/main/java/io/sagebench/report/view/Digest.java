package io.sagebench.report.view;

import io.sagebench.report.view.Verdict.Caution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// A results file in words and tables: the verdict first, then what it rests on, and how to repeat it.
public final class Digest {
    private static final String UNKNOWN = "\u2013";
    private static final int SHOWN_DIGITS = 4;
    private static final Map<String, String> GROUPS = Map.of(
            "metrics_by_priority", "By priority",
            "metrics_by_request_type", "By type",
            "metrics_by_model", "By model",
            "metrics_by_tenant", "By tenant");

    private final ResultsView view;
    private final List<Picture> pictures;
    private final Page page;

    private Digest(ResultsView view, List<Picture> pictures, Page page) {
        this.view = view;
        this.pictures = pictures;
        this.page = page;
    }

    /// A picture that lies beside the text.
    ///
    /// @param title what it shows
    /// @param path  from the folder of the text, parted by `/`
    public record Picture(String title, String path) {}

    /// Writes it.
    ///
    /// @param pictures what lies beside it; empty for none
    public static void write(ResultsView view, List<Picture> pictures, Page page) {
        new Digest(view, pictures, page).write();
    }

    private void write() {
        page.heading(1, view.title());
        Verdict verdict = Verdict.of(view);
        page.strong(verdict.sentence());
        page.list(verdict.why());
        cautions(verdict.cautions());
        switch (view.kind()) {
            case BENCHMARK -> benchmark();
            case SWEEP -> sweep();
            case EXPERIMENT -> experiment();
            case ENGINE, ENGINE_COMPARISON -> {}
        }
        if (!pictures.isEmpty()) {
            page.heading(2, "Charts");
            pictures.forEach(picture -> page.picture(picture.title(), picture.path()));
        }
        howItWasMeasured();
    }

    private void cautions(List<Caution> cautions) {
        var serious = cautions.stream().filter(Caution::serious).map(Caution::text).toList();
        if (!serious.isEmpty()) {
            page.heading(2, "Caution");
            page.list(serious);
        }
        var notes = cautions.stream().filter(caution -> !caution.serious()).map(Caution::text).toList();
        if (!notes.isEmpty()) {
            page.heading(2, "Notes");
            page.list(notes);
        }
    }

    private void benchmark() {
        if (view.policies().isEmpty()) {
            return;
        }
        page.heading(2, view.policies().size() == 1 ? "Figures" : "Policies");
        table(MetricColumn.MAIN);
        if (view.candidates().size() > 1) {
            page.paragraph(Verdict.RULE);
        }
        if (view.hybrid()) {
            page.heading(3, "LLM requests");
            table(MetricColumn.PROMPTS);
            page.heading(3, "Embedding requests");
            table(MetricColumn.TEXTS);
        }
        for (String group : List.of("metrics_by_priority", "metrics_by_request_type", "metrics_by_model", "metrics_by_tenant")) {
            attainment(group);
        }
        devices();
    }

    /// What accelerators did meanwhile; left out when nothing watched them.
    private void devices() {
        var watched = view.policies().stream().filter(policy -> policy.facts().at("gpu_metrics").isPresent()).toList();
        if (watched.isEmpty()) {
            return;
        }
        Facts first = watched.getFirst().facts().at("gpu_metrics");
        boolean synthetic = watched.stream().anyMatch(policy -> policy.facts().isTrue("gpu_metrics.synthetic"));
        page.heading(3, "GPU" + (synthetic ? " (SYNTHETIC: made up for demonstration, not measured)" : ""));
        page.paragraph("As " + first.text("source").orElse("an unknown source") + " says" + first.text("host").map(host -> " of " + host).orElse("") + ".");
        page.table(
                List.of("Policy", "Utilisation mean", "max", "Memory mean", "max", "Temperature mean", "Power mean", "Energy per output token"),
                watched.stream().map(policy -> deviceRow(policy.name(), policy.facts().at("gpu_metrics"))).toList());
    }

    private static List<String> deviceRow(String policy, Facts gpu) {
        return List.of(
                policy,
                with(gpu.number("utilization.avg"), " %"),
                with(gpu.number("utilization.max"), " %"),
                with(gpu.number("memory.used_avg_mb"), " MiB"),
                with(gpu.number("memory.used_max_mb"), " MiB"),
                with(gpu.number("temperature.avg_celsius"), " \u00b0C"),
                with(gpu.number("power.avg_watts"), " W"),
                with(gpu.number("joules_per_output_token"), " J"));
    }

    private static String with(OptionalDouble value, String unit) {
        return value.isPresent() ? Say.number(value.getAsDouble()) + unit : UNKNOWN;
    }

    private void table(List<MetricColumn> columns) {
        var candidates = view.candidates();
        var shown = columns.stream().filter(column -> column.isKnown(view.policies())).toList();
        var header = new ArrayList<>(List.of("Policy"));
        shown.forEach(column -> header.add(column.title()));
        var rows = new ArrayList<List<String>>();
        for (PolicyView policy : view.policies()) {
            var row = new ArrayList<>(List.of(policy.name() + (policy.isCeiling() ? " (ceiling)" : "")));
            for (MetricColumn column : shown) {
                boolean best = !policy.isCeiling() && column.bestText(candidates).equals(Optional.of(column.text(policy)));
                row.add(column.text(policy) + (best ? " \u2713" : ""));
            }
            rows.add(row);
        }
        page.table(header, rows);
        if (candidates.size() > 1) {
            page.paragraph("\u2713 marks the best of a column, by the figures alone.");
        }
    }

    /// Who met the service level, group by group; left out when there is one group only.
    private void attainment(String path) {
        Set<String> groups = new LinkedHashSet<>();
        view.policies().forEach(policy -> groups.addAll(policy.metrics().at(path).names()));
        if (groups.size() < 2) {
            return;
        }
        page.heading(3, GROUPS.getOrDefault(path, path) + ": requests that met their SLO");
        var header = new ArrayList<>(List.of("Policy"));
        header.addAll(groups);
        page.table(header, view.policies().stream().map(policy -> {
            var row = new ArrayList<>(List.of(policy.name()));
            groups.forEach(group -> row.add(share(policy.metrics().at(path).named(group).number("slo_compliance_rate"))));
            return List.copyOf(row);
        }).toList());
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? Say.percent(share.getAsDouble()) : UNKNOWN;
    }

    private void sweep() {
        page.heading(2, "Rates");
        var rows = new ArrayList<List<String>>();
        view.rates().forEach((policy, points) -> points.forEach(point -> rows.add(row(policy, point))));
        page.table(List.of("Policy", "Rate", "Throughput", "Goodput", "E2E mean", "E2E p99", "SLO met"), rows);
    }

    private static List<String> row(String policy, RatePoint point) {
        return List.of(
                policy,
                Say.number(point.ratePerSecond()) + " req/s" + (point.cutShort() ? " (interrupted)" : ""),
                number(point.throughput()),
                number(point.goodput()),
                point.meanMillis().isPresent() ? Say.millis(point.meanMillis()) : UNKNOWN,
                point.p99Millis().isPresent() ? Say.millis(point.p99Millis()) : UNKNOWN,
                share(point.attainment()));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Say.number(value.getAsDouble()) + " req/s" : UNKNOWN;
    }

    /// Each measurement's plain figures under their documented names.
    private void experiment() {
        for (Facts result : view.root().at("results").each()) {
            var at = result.names().stream()
                    .filter(name -> result.named(name).json().isValueNode())
                    .map(name -> name + " " + plain(result.named(name)))
                    .toList();
            page.heading(2, at.isEmpty() ? "Result" : String.join(", ", at));
            Facts policies = result.at("policies");
            var columns = new LinkedHashSet<String>();
            policies.names().forEach(policy -> policies.named(policy).names().stream()
                    .filter(name -> policies.named(policy).named(name).json().isValueNode())
                    .forEach(columns::add));
            if (!columns.isEmpty()) {
                var header = new ArrayList<>(List.of("policy"));
                header.addAll(columns);
                page.table(header, policies.names().stream().map(policy -> {
                    var row = new ArrayList<>(List.of(policy));
                    columns.forEach(column -> row.add(plain(policies.named(policy).named(column))));
                    return List.copyOf(row);
                }).toList());
            }
        }
    }

    private static String plain(Facts value) {
        if (!value.isPresent()) {
            return UNKNOWN;
        }
        return value.json().isNumber() && !value.json().isIntegralNumber() ? Say.digits(value.json().doubleValue(), SHOWN_DIGITS) : value.json().asString();
    }

    private void howItWasMeasured() {
        Facts root = view.root();
        var lines = new ArrayList<String>();
        root.text("target.kind").ifPresent(kind -> lines.add("Target: " + kind + root.text("target.url").map(url -> ", " + url).orElse("")
                + root.text("target.description").map(what -> ", " + what).orElse("")));
        root.text("timestamp").or(() -> root.text("run.started_at")).ifPresent(when -> lines.add("Measured: " + when));
        root.text("tool.name").ifPresent(name -> lines.add("Tool: " + name + " " + root.text("tool.version").orElse("") + root.text("tool.commit").map(
                commit -> " (" + commit + ")").orElse("")));
        root.text("run.host.os").ifPresent(os -> lines.add("Load generator: " + os + ", " + Say.number(root.number("run.host.cores")) + " cores, "
                + root.text("run.host.jvm").orElse("unknown JVM")));
        root.number("run.seed").ifPresent(seed -> lines.add("Seed: " + root.at("run.seed").json().asString()));
        if (lines.isEmpty() && root.text("run.command").isEmpty()) {
            return;
        }
        page.heading(2, "How it was measured");
        page.list(lines);
        root.text("run.command").ifPresent(page::code);
    }
}
