package io.sagebench.report.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A summary as a Markdown page: totals, a table, each workload in detail, what the figures say, and whether all is as it should be.
public final class EngineMarkdown {
    /// The most failures that a workload under pressure should have.
    static final double MOST_ERRORS = 0.05;

    private final EngineSummary summary;
    private final StringBuilder page = new StringBuilder();

    private EngineMarkdown(EngineSummary summary) {
        this.summary = summary;
    }

    /// The page, which ends with a line end.
    public static String text(EngineSummary summary) {
        return new EngineMarkdown(summary).text();
    }

    private String text() {
        line("# Benchmark Results");
        run();
        overall();
        details();
        summary.workloads().forEach(this::workload);
        analysis();
        conclusion();
        return page.toString();
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void run() {
        if (summary.run().isEmpty()) {
            return;
        }
        EngineRunInfo run = summary.run().get();
        line("");
        for (String name : List.of("backend", "model", "url", "mode", "dataset", "started_at", "seed", "repeats", "command")) {
            run.fact(name).ifPresent(value -> line("- **" + title(name) + "**: " + escaped(value)));
        }
        run.notes().forEach(note -> line("- **Note**: " + escaped(note)));
    }

    private void overall() {
        line("");
        line("## Overall Statistics");
        line("");
        line("- **Total Workloads**: " + summary.workloads().size());
        line("- **Total Requests**: " + summary.totalRequests());
        line("- **Successful**: " + summary.successfulRequests());
        line("- **Failed**: " + summary.failedRequests());
    }

    private void details() {
        line("");
        line("## Workload Details");
        line("");
        line("| " + String.join(" | ", EngineTable.HEADER) + " |");
        line("|---" + "|---:".repeat(EngineTable.HEADER.size() - 1) + "|");
        summary.workloads().forEach((name, metrics) -> line("| " + String.join(" | ", EngineTable.row(escaped(name), metrics)) + " |"));
    }

    private void workload(String name, EngineMetrics metrics) {
        line("");
        line("### " + escaped(name));
        line("");
        latency("TTFT", metrics, "ttft_ms");
        latency("TBT", metrics, "tbt_ms");
        latency("TPOT", metrics, "tpot_ms");
        latency("Inter-token latency", metrics, "itl_ms");
        latency("End-to-end latency", metrics, "e2el_ms");
        line("- **Throughput**: output " + number(metrics, "output_throughput_tps", 2) + " tok/s, input " + number(metrics, "input_throughput_tps", 2)
                + " tok/s, total " + number(metrics, "total_throughput_tps", 2) + " tok/s, " + number(metrics, "request_throughput_rps", 3)
                + " req/s; one request alone " + number(metrics, "avg_throughput_tps", 2) + " tok/s");
        line("- **Tokens**: input " + number(metrics, "total_input_tokens", 0) + ", output " + number(metrics, "total_output_tokens", 0)
                + " (asked were " + number(metrics, "requested_input_tokens", 0) + " and " + number(metrics, "requested_output_tokens", 0) + ")");
        line("- **Memory**: peak " + number(metrics, "peak_mem_mb", 0) + " MB, average " + number(metrics, "avg_mem_mb", 1) + " MB" + source(metrics, "memory"));
        line("- **Error rate**: " + EngineFigure.percent(metrics.value("error_rate")) + " (" + number(metrics, "failed_requests", 0) + " of "
                + number(metrics, "total_requests", 0) + ")");
        line("- **KV cache**: " + number(metrics, "kv_used_tokens", 0) + " tokens, " + number(metrics, "kv_used_bytes", 0) + " bytes; prefix hit rate "
                + EngineFigure.percent(metrics.value("prefix_hit_rate")) + "; evictions " + number(metrics, "evict_count", 0) + " in "
                + number(metrics, "evict_ms", 1) + " ms" + source(metrics, "kv_cache"));
        line("- **Speculative decoding**: accepted " + EngineFigure.percent(metrics.value("spec_accept_rate")));
        line("- **Time**: " + number(metrics, "total_time_s", 2) + " s");
        spread(name);
        metrics.notes().forEach(note -> line("- **Note**: " + escaped(note)));
    }

    private void latency(String title, EngineMetrics metrics, String name) {
        line("- **" + title + "**: avg " + number(metrics, "avg_" + name, 2) + " ms, p50 " + number(metrics, "p50_" + name, 2) + " ms, p95 "
                + number(metrics, "p95_" + name, 2) + " ms, p99 " + number(metrics, "p99_" + name, 2) + " ms");
    }

    /// How far the repeats of a workload are apart.
    private void spread(String name) {
        List<EngineMetrics> repeats = summary.repeats().getOrDefault(name, List.of());
        if (repeats.size() < 2) {
            return;
        }
        for (String key : List.of("avg_ttft_ms", "avg_tbt_ms", "output_throughput_tps")) {
            double[] values = repeats.stream().map(metrics -> metrics.value(key)).filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).sorted().toArray();
            if (values.length > 1) {
                line(String.format(
                        Locale.ROOT, "- **%s over %d repeats**: %.2f to %.2f", title(key), values.length, values[0], values[values.length - 1]));
            }
        }
    }

    private void analysis() {
        line("");
        line("## Analysis");
        line("");
        extreme("avg_ttft_ms", false, 2).ifPresent(best -> line("- **Lowest TTFT**: " + best + " ms on average"));
        extreme("output_throughput_tps", true, 2).ifPresent(best -> line("- **Highest output throughput**: " + best + " tok/s"));
        extreme("peak_mem_mb", true, 0).ifPresent(most -> line("- **Highest memory**: " + most + " MB"));
        if (summary.totalRequests() > 0) {
            line("- **Success rate**: " + EngineFigure.percent(OptionalDouble.of((double) summary.successfulRequests() / summary.totalRequests()))
                    + " of all requests");
        }
        EngineMetrics stress = summary.workloads().get("stress_test");
        if (stress != null && stress.value("error_rate").isPresent()) {
            double errors = stress.value("error_rate").getAsDouble();
            line("- **Error rate under stress**: " + EngineFigure.percent(OptionalDouble.of(errors))
                    + (errors < MOST_ERRORS ? ", below the target of 5 %" : ", beyond the target of 5 %"));
        }
        scaling().ifPresent(this::line);
        extreme("kv_used_tokens", true, 0).ifPresent(most -> line("- **Most tokens in the KV cache**: " + most));
    }

    /// What requests at once bring, compared with one after another.
    private Optional<String> scaling() {
        EngineMetrics alone = summary.workloads().get("short_input");
        EngineMetrics together = summary.workloads().get("stress_test");
        if (alone == null || together == null) {
            return Optional.empty();
        }
        double one = alone.value("output_throughput_tps").orElse(0);
        double all = together.value("output_throughput_tps").orElse(0);
        return one > 0 && all > 0
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "- **Requests at once**: %.1f times the output throughput of one after another, at %.1f times the time between tokens",
                        all / one,
                        together.value("avg_tbt_ms").orElse(0) / Math.max(1e-9, alone.value("avg_tbt_ms").orElse(Double.MAX_VALUE))))
                : Optional.empty();
    }

    private Optional<String> extreme(String key, boolean most, int decimals) {
        Comparator<Map.Entry<String, EngineMetrics>> byValue =
                Comparator.comparingDouble(workload -> workload.getValue().value(key).orElseThrow());
        return summary.workloads().entrySet().stream()
                .filter(workload -> workload.getValue().value(key).isPresent())
                .min(most ? byValue.reversed() : byValue)
                .map(workload -> escaped(workload.getKey()) + ", " + number(workload.getValue(), key, decimals));
    }

    private void conclusion() {
        line("");
        line("## Conclusion");
        line("");
        var workloads = summary.workloads().values();
        check(summary.totalRequests() > 0 && workloads.stream().allMatch(metrics -> metrics.count("successful_requests") > 0),
                "every workload has answers that are complete");
        check(workloads.stream().allMatch(metrics -> metrics.value("error_rate").orElse(1) < MOST_ERRORS), "less than 5 % of the requests of each workload failed");
        check(workloads.stream().allMatch(metrics -> metrics.value("avg_ttft_ms").isPresent() && metrics.value("avg_tbt_ms").isPresent()),
                "times to the first token and between tokens were measured");
        check(workloads.stream().allMatch(EngineMarkdown::hasAskedLengths), "prompts and answers are as long as asked");
        check(workloads.stream().allMatch(metrics -> metrics.value("peak_mem_mb").isPresent()), "memory was measured");
        List<String> unknown = unavailable();
        if (!unknown.isEmpty()) {
            line("");
            line("Not measured: " + String.join(", ", unknown) + ".");
        }
    }

    private static boolean hasAskedLengths(EngineMetrics metrics) {
        return metrics.count("successful_requests") > 0
                && metrics.count("total_output_tokens") == metrics.count("requested_output_tokens")
                && metrics.count("total_input_tokens") == metrics.count("requested_input_tokens");
    }

    /// The fields that no workload has, by their own names.
    private List<String> unavailable() {
        var unknown = new ArrayList<String>();
        for (EngineField field : EngineFields.all()) {
            if (field.aliasOf().isEmpty()
                    && !summary.workloads().isEmpty()
                    && summary.workloads().values().stream().noneMatch(metrics -> metrics.value(field.key()).isPresent())) {
                unknown.add(field.key());
            }
        }
        return unknown;
    }

    private void check(boolean holds, String what) {
        line("- [" + (holds ? "x" : " ") + "] " + what);
    }

    private static String number(EngineMetrics metrics, String key, int decimals) {
        return EngineFigure.of(metrics, key, decimals);
    }

    private static String source(EngineMetrics metrics, String what) {
        return Optional.ofNullable(metrics.sources().get(what)).map(source -> " (" + escaped(source) + ")").orElse("");
    }

    private static String title(String name) {
        String words = name.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /// What comes from outside must not make tables or tags.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replaceAll("[\\r\\n]+", " ");
    }
}
