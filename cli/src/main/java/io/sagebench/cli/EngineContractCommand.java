package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.gate.EngineContract;
import io.sagebench.report.engine.gate.RegressionJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Holds the results of an engine against the limits of a year.
@Command(
        name = "contract",
        description = "Holds an engine's results against the contract of a year.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "A figure that was not measured fails its check. Exit code 1 when a check failed, 2 when the file cannot be used.",
            "Example: sage-bench engine contract --contract year1 -i benchmark_results/benchmark_summary.json"
        })
final class EngineContractCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = {"-i", "--input"}, paramLabel = "FILE", order = 0, description = "Default: benchmark_results/benchmark_summary.json.")
    private Path input = EngineSummaryFile.USUAL;

    @Option(names = "--contract", paramLabel = "year1|year2|year3", order = 1, description = "Whose limits. Default: year1.")
    private String version = "year1";

    @Option(names = "--workload", paramLabel = "NAME", order = 2, description = "Only this workload. Default: each, by itself.")
    private @Nullable String workload;

    @Option(names = "--format", paramLabel = "table|json", order = 3, description = "Default: table.")
    private String format = "table";

    EngineContractCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        Optional<EngineContract> contract = EngineContract.named(version);
        if (contract.isEmpty()) {
            terminal.say("--contract: must be " + String.join(", ", EngineContract.names()) + ", but is '" + version + "'"
                    + DidYouMean.hint(EngineContract.names(), version));
            return ExitCode.WRONG_USAGE;
        }
        if (!format.equals("table") && !format.equals("json")) {
            terminal.say("--format: must be table or json, but is '" + format + "'");
            return ExitCode.WRONG_USAGE;
        }
        EngineSummary summary;
        try {
            summary = EngineSummaryFile.read(input);
        } catch (EngineSummaryFile.Unusable unusable) {
            terminal.say(unusable.reason());
            return ExitCode.WRONG_USAGE;
        }
        if (workload != null && !summary.workloads().containsKey(workload)) {
            terminal.say("--workload: " + input + " has no workload '" + workload + "'; it has " + summary.workloads().keySet());
            return ExitCode.WRONG_USAGE;
        }
        return judge(contract.get(), summary, terminal);
    }

    private int judge(EngineContract contract, EngineSummary summary, Terminal terminal) {
        Map<String, EngineContract.Result> results = new LinkedHashMap<>();
        for (Map.Entry<String, EngineMetrics> each : summary.workloads().entrySet()) {
            if (workload == null || workload.equals(each.getKey())) {
                results.put(each.getKey(), contract.check(each.getValue()));
            }
        }
        if (format.equals("json")) {
            terminal.printLine(RegressionJson.text(results));
        } else {
            results.forEach((name, result) -> {
                terminal.printLine(name + ": " + result.summary());
                result.checks().forEach(check -> terminal.printLine((check.passed() ? "  ok    " : "  FAIL  ") + check.text()));
            });
        }
        if (results.isEmpty()) {
            terminal.say(input + " has no workloads, so nothing was checked");
            return ExitCode.MISSED;
        }
        return results.values().stream().allMatch(EngineContract.Result::passed) ? ExitCode.DONE : ExitCode.MISSED;
    }
}
