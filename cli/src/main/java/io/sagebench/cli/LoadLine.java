package io.sagebench.cli;

import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/// A configuration in a few words.
final class LoadLine {
    private LoadLine() {}

    static ConfigLine of(RunSettings settings) {
        var config = settings.config();
        String repeats = config.repeats() == 1 ? "" : ", " + config.repeats() + " times";
        return new ConfigLine(
                load(config.workload().load()) + repeats, mix(config.workload()), List.copyOf(config.workload().models()));
    }

    private static String mix(WorkloadSpec workload) {
        if (!workload.isHybrid()) {
            return "";
        }
        double embedding = workload.kinds().shares().entrySet().stream()
                .filter(kind -> !kind.getKey().type().isGeneration())
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return "LLM: " + percent(1 - embedding) + " | Embedding: " + percent(embedding);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(100 * share).setScale(1, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString() + "%";
    }

    private static String load(Load load) {
        return switch (load) {
            case Load.Generated(int requests, double _, Load.Pattern pattern) when pattern == Load.Pattern.BATCH ->
                requests + " requests at once";
            case Load.Generated(int requests, double rate, Load.Pattern _) ->
                requests + " requests @ " + BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString() + " req/s";
            case Load.Replayed(var trace, int requests) -> requests + " requests of " + trace.name();
            case Load.Arriving(int requests, var _) -> requests + " requests";
        };
    }
}
