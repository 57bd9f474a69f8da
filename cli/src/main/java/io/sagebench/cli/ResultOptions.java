package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.benchmark.dashboard.RunDashboard;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Results and messages.
final class ResultOptions {
    @Option(
            names = "--fail-on",
            paramLabel = "LIMIT,...",
            description = "Ends with exit code 1 when any policy is beyond a limit: slo<0.95, error_rate>1%%, p99_ttft>500ms, p99_e2e>2s,"
                    + " throughput<80, goodput<75.")
    private @Nullable String failOn;

    @Option(names = "--no-visualize", description = "Makes no page, no Markdown text and no charts of the results.")
    private boolean noVisualize;

    @Option(
            names = "--continue-on-error",
            description = "A policy that cannot be put in force is left out, and a server that says it is not well is measured all the same.")
    private boolean continueOnError;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR|FILE.json",
            description = "Where the files go. Default: ./benchmark_results.")
    private @Nullable String output;

    @Option(
            names = "--save-format",
            paramLabel = "TOOL,...",
            description = "Writes the results in that tool's file layout too: vllm, sglang or guidellm.")
    private @Nullable String saveFormat;

    @Option(names = "--force", description = "Replaces files of the same name.")
    private boolean force;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A YAML or JSON file of settings; options and environment win over it.")
    private @Nullable Path config;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress; the results are still printed.")
    private boolean quiet;

    @Option(
            names = "--dashboard",
            arity = "0..1",
            fallbackValue = "" + RunDashboard.USUAL_PORT,
            paramLabel = "PORT",
            description = "Shows the run live in a browser on this machine while it lasts; 0 is any port that is free. Without PORT: "
                    + RunDashboard.USUAL_PORT + ".")
    private @Nullable String dashboard;

    /// Where the dashboard is wanted, if it is.
    OptionalInt dashboard() {
        return dashboard == null ? OptionalInt.empty() : WatchedRun.port(dashboard);
    }

    /// The file of settings, if one was given.
    Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    boolean quiet() {
        return quiet;
    }

    @Nullable String saveFormat() {
        return saveFormat;
    }

    boolean force() {
        return force;
    }

    /// Hands over what was given.
    void giveTo(ConfigDraft draft) {
        draft.option(Setting.FAIL_ON, "--fail-on", failOn);
        draft.option(Setting.CONTINUE_ON_ERROR, "--continue-on-error", continueOnError ? "true" : null);
        draft.option(Setting.OUTPUT_DIR, "--output", output);
        draft.option(Setting.AUTO_VISUALIZE, "--no-visualize", noVisualize ? "false" : null);
        if (dashboard != null && WatchedRun.port(dashboard).isEmpty()) {
            draft.problem("--dashboard", WatchedRun.problem(dashboard));
        }
    }
}
