package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.RunFacts;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.benchmark.experiment.Experiment;
import io.sagebench.benchmark.experiment.Experiment.Outcome;
import io.sagebench.benchmark.experiment.Loads;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.ExperimentResult.MeasuredAt;
import io.sagebench.report.json.ExperimentJson;
import io.sagebench.report.sweep.SweepNames;
import io.sagebench.report.terminal.ExperimentText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One experiment from the checked options to the printed tables.
final class ExperimentRun {
    private final Surroundings surroundings;
    private final Terminal terminal;
    private final LoadOptions options;
    private final ConfigDraft draft;

    /// @param draft filled
    ExperimentRun(Surroundings surroundings, LoadOptions options, ConfigDraft draft) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
        this.options = options;
        this.draft = draft;
    }

    /// The rate of a checked configuration.
    static double rateOf(BenchmarkConfig config) {
        return Loads.rateOf(config.workload());
    }

    /// @param ownProblems what is wrong with the checked configuration for the command's own options
    /// @param experiment  made from the checked configuration
    int execute(ExperimentKind kind, Function<BenchmarkConfig, List<Problem>> ownProblems, Function<BenchmarkConfig, Experiment> experiment) {
        return switch (draft.check(HowMany.SEVERAL)) {
            case Checked.Invalid(var problems) -> refused(problems);
            case Checked.Valid(RunSettings settings) -> {
                settings.notes().forEach(terminal::say);
                var problems = new ArrayList<>(problems(kind, settings.config()));
                problems.addAll(ownProblems.apply(settings.config()));
                yield problems.isEmpty() ? intoFiles(settings, experiment.apply(settings.config())) : refused(problems);
            }
        };
    }

    private int refused(List<Problem> problems) {
        problems.forEach(problem -> terminal.say(problem.toString()));
        return ExitCode.WRONG_USAGE;
    }

    /// What a load that is in order by itself cannot do for the experiment.
    private static List<Problem> problems(ExperimentKind kind, BenchmarkConfig base) {
        if (kind == ExperimentKind.MIXED_RATIO && !(Loads.llmRatioOf(base.workload()) > 0 && Loads.llmRatioOf(base.workload()) < 1)) {
            return List.of(new Problem("--mode", "the experiment 'mixed_ratio' varies the share of prompts, and needs --mode hybrid with some of both"));
        }
        return kind.needsRate()
                ? Loads.problemWithRate(base.workload()).stream()
                        .map(problem -> new Problem("--name", "the experiment '" + kind.key() + "' sets the rate, but " + problem))
                        .toList()
                : List.of();
    }

    private int intoFiles(RunSettings settings, Experiment experiment) {
        Instant startedAt = surroundings.clock().instant();
        var place = new SeriesPlace(settings.output());
        Path target = SweepNames.main(settings.output(), experiment.name() + "_result", options.force());
        Optional<String> problem = place.problem(!options.force() && Files.exists(target) ? List.of(target) : List.of());
        if (problem.isPresent()) {
            terminal.say(problem.get());
            return ExitCode.WRONG_USAGE;
        }
        return new WatchedRun(terminal, options.dashboard(), place::undo)
                .benchmark(
                        settings.config(),
                        "Experiment " + experiment.name(),
                        watching -> measured(settings, experiment, place, target, startedAt, watching));
    }

    private int measured(
            RunSettings settings, Experiment experiment, SeriesPlace place, Path target, Instant startedAt, BenchmarkListener watching) {
        try {
            return measure(settings, experiment, place, target, startedAt, watching);
        } catch (IOException broken) {
            terminal.say("the results could not be written: " + BenchmarkRun.reason(broken));
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private int measure(
            RunSettings settings, Experiment experiment, SeriesPlace place, Path target, Instant startedAt, BenchmarkListener watching)
            throws IOException {
        var stop = new StopSignal();
        try (Interrupts.Guard _ = surroundings.interrupts().during(() -> interrupted(stop))) {
            Outcome outcome;
            try (ProgressDisplay progress = new ProgressDisplay(terminal, System::nanoTime)) {
                BenchmarkListener listener = options.quiet() ? watching : progress.and(watching);
                outcome = experiment.run(
                        new Experiment.Surroundings(surroundings.benchmarks(), listener, stop, surroundings.clock()));
            }
            return switch (outcome) {
                case Outcome.NothingMeasured(String message, boolean interrupted) -> {
                    place.undo();
                    terminal.say(message);
                    yield interrupted || stop.isRequested() ? ExitCode.INTERRUPTED : ExitCode.COULD_NOT_RUN;
                }
                case Outcome.Finished(ExperimentResult result) -> report(experiment, settings, result, target, startedAt);
            };
        }
    }

    private void interrupted(StopSignal stop) {
        terminal.say(System.lineSeparator() + "Stopping; what was measured is written.");
        stop.request();
    }

    private int report(Experiment experiment, RunSettings settings, ExperimentResult result, Path target, Instant startedAt)
            throws IOException {
        terminal.print(new ExperimentText(result, experiment.configLine(), terminal.results()).text());
        var run = RunFacts.of(settings.config().seed(), startedAt, surroundings.arguments(), result.interrupted());
        new ExperimentJson(result, surroundings.tool(), run).write(target, options.force());
        terminal.printLine("");
        terminal.printLine("Result: " + target);
        return new VisualsAfterwards(surroundings, settings.visualize(), options.force()).make(target, exitCode(settings, result));
    }

    private int exitCode(RunSettings settings, ExperimentResult result) {
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        if (!result.success()) {
            return ExitCode.COULD_NOT_RUN;
        }
        var limits = new MissedLimits(settings.limits(), terminal);
        boolean missed = false;
        for (MeasuredAt measured : result.measured()) {
            missed |= limits.tell("at " + measured.level() + ": ", List.of(measured.policy()));
        }
        boolean anyCompleted = result.measured().isEmpty()
                || result.measured().stream().anyMatch(measured -> measured.policy().metrics().counts().completed() > 0);
        if (result.measured().isEmpty() && !settings.limits().isEmpty()) {
            terminal.say("--fail-on: no policy has a capacity whose figures could keep the limits");
            missed = true;
        }
        return anyCompleted && !missed ? ExitCode.DONE : ExitCode.MISSED;
    }
}
