package io.sagebench.cli;

import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import io.sagebench.workload.WorkloadSpec.Load;
import java.math.BigDecimal;
import java.util.List;

/// A configuration in a few words.
final class LoadLine {
    private LoadLine() {}

    static ConfigLine of(RunSettings settings) {
        var config = settings.config();
        String repeats = config.repeats() == 1 ? "" : ", " + config.repeats() + " times";
        return new ConfigLine(
                load(config.workload().load()) + repeats, List.copyOf(config.workload().models().shares().keySet()));
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
