package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.LoadLine;
import io.sagebench.benchmark.RunFacts;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.benchmark.experiment.Loads;
import io.sagebench.benchmark.experiment.Point;
import io.sagebench.benchmark.experiment.PointResult;
import io.sagebench.benchmark.experiment.PointSeries;
import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.sweep.PolicySweep;
import io.sagebench.report.sweep.RateResult;
import io.sagebench.report.sweep.SweepFiles;
import io.sagebench.report.sweep.SweepReport;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import io.sagebench.report.terminal.SweepTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One sweep from the checked options to the printed tables.
final class SweepRun {
    private final Surroundings surroundings;
    private final Terminal terminal;
    private final LoadOptions options;
    private final ConfigDraft draft;
    private final List<Double> rates;

    /// @param draft filled
    /// @param rates requests per second
    SweepRun(Surroundings surroundings, LoadOptions options, ConfigDraft draft, List<Double> rates) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
        this.options = options;
        this.draft = draft;
        this.rates = rates;
    }

    int execute() {
        return switch (draft.check(HowMany.SEVERAL)) {
            case Checked.Invalid(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case Checked.Valid(RunSettings settings) -> {
                settings.notes().forEach(terminal::say);
                Optional<String> problem = Loads.problemWithRate(settings.config().workload());
                problem.ifPresent(what -> terminal.say("--rates: the rate is varied, but " + what));
                yield problem.isPresent() ? ExitCode.WRONG_USAGE : intoFiles(settings);
            }
        };
    }

    private int intoFiles(RunSettings settings) {
        Instant startedAt = surroundings.clock().instant();
        BenchmarkConfig config = settings.config();
        long requests = Loads.requestsOf(config.workload())
                * config.repeats() * config.policies().size() * rates.size();
        var files = new SweepFiles(settings.output(), mode(config), startedAt, options.force(), requests);
        var place = new SeriesPlace(settings.output());
        Optional<String> problem = place.problem(files.taken(config.policies()));
        if (problem.isPresent()) {
            terminal.say(problem.get());
            return ExitCode.WRONG_USAGE;
        }
        return new WatchedRun(terminal, options.dashboard(), place::undo)
                .benchmark(config, "Sweep", watching -> measured(settings, files, place, startedAt, watching));
    }

    private int measured(RunSettings settings, SweepFiles files, SeriesPlace place, Instant startedAt, BenchmarkListener watching) {
        try {
            return measure(settings, files, place, startedAt, watching);
        } catch (IOException broken) {
            terminal.say("the results could not be written: " + BenchmarkRun.reason(broken));
            return ExitCode.COULD_NOT_RUN;
        } catch (UncheckedIOException broken) {
            terminal.say("the results could not be written: " + broken.getMessage());
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private static String mode(BenchmarkConfig config) {
        return config.workload().isHybrid() ? "hybrid" : "llm";
    }

    private int measure(
            RunSettings settings, SweepFiles files, SeriesPlace place, Instant startedAt, BenchmarkListener watching) throws IOException {
        var stop = new StopSignal();
        try (Interrupts.Guard _ = surroundings.interrupts().during(() -> interrupted(stop));
                ProgressDisplay progress = new ProgressDisplay(terminal, System::nanoTime);
                var series = new PointSeries(
                        surroundings.benchmarks(), settings.config(), options.quiet() ? watching : progress.and(watching), stop)) {
            PointSeries.Measured measured;
            try {
                measured = series.run(Point.atRates(settings.config(), rates), point -> files.at(point.value()));
            } catch (RuntimeException broken) {
                files.discard();
                place.undo();
                throw broken;
            }
            progress.end();
            if (measured.points().stream().allMatch(point -> point.policies().isEmpty() && point.cutShort().isEmpty())) {
                files.discard();
                place.undo();
                return nothing(measured, stop);
            }
            return report(settings, files, series, measured, startedAt, stop.isRequested());
        }
    }

    private void interrupted(StopSignal stop) {
        terminal.say(System.lineSeparator() + "Stopping; what was measured is written.");
        stop.request();
    }

    private int nothing(PointSeries.Measured measured, StopSignal stop) {
        boolean interrupted = stop.isRequested();
        String why = measured.points().stream().flatMap(point -> point.notRun().stream()).distinct().map(NotRun::sentence)
                .collect(Collectors.joining("; "));
        terminal.say(measured.failure().orElse(interrupted ? "stopped before anything was measured" : why));
        return interrupted ? ExitCode.INTERRUPTED : ExitCode.COULD_NOT_RUN;
    }

    private int report(
            RunSettings settings, SweepFiles files, PointSeries series, PointSeries.Measured measured, Instant startedAt,
            boolean interrupted) throws IOException {
        var report = new SweepReport(
                surroundings.tool(),
                RunFacts.of(settings.config().seed(), startedAt, surroundings.arguments(), interrupted),
                series.target().orElseThrow(),
                configuration(settings),
                settings.config().workload().isHybrid(),
                rates,
                sweeps(measured.points(), files),
                measured.points().stream().flatMap(point -> point.notRun().stream()).distinct().toList(),
                measured.failure().or(() -> interrupted ? Optional.of("interrupted; the figures are of what was measured until then") : Optional.empty()));
        terminal.print(new SweepTable(report, line(settings), terminal.results()).text());
        List<Path> written = files.finish(report);
        terminal.printLine("");
        terminal.printLine("Sweep:   " + written.getFirst());
        written.stream().skip(1).forEach(file -> terminal.printLine("Results: " + file));
        return new VisualsAfterwards(surroundings, settings.visualize(), options.force())
                .make(written.getFirst(), exitCode(settings, measured, interrupted));
    }

    private int exitCode(RunSettings settings, PointSeries.Measured measured, boolean interrupted) {
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        if (measured.failure().isPresent()) {
            return ExitCode.COULD_NOT_RUN;
        }
        var limits = new MissedLimits(settings.limits(), terminal);
        boolean missed = false;
        for (PointResult point : measured.points()) {
            missed |= limits.tell("at " + point.point().level() + ": ", point.policies());
        }
        boolean anyCompleted = measured.points().stream()
                .flatMap(point -> point.policies().stream())
                .anyMatch(policy -> policy.metrics().counts().completed() > 0);
        return anyCompleted && !missed ? ExitCode.DONE : ExitCode.MISSED;
    }

    private Map<String, Object> configuration(RunSettings settings) {
        var configuration = new LinkedHashMap<>(settings.documented());
        configuration.remove("request_rate");
        configuration.put("request_rates", rates);
        return configuration;
    }

    private ConfigLine line(RunSettings settings) {
        ConfigLine line = LoadLine.of(settings.config());
        long requests = Loads.requestsOf(settings.config().workload());
        return new ConfigLine(requests + " requests at each rate", line.mix(), line.models());
    }

    private static List<PolicySweep> sweeps(List<PointResult> points, SweepFiles files) {
        Set<String> names = new LinkedHashSet<>();
        points.forEach(point -> Stream.concat(point.policies().stream(), point.cutShort().stream()).forEach(policy -> names.add(policy.policy())));
        var sweeps = new ArrayList<PolicySweep>();
        for (String name : names) {
            var results = new ArrayList<RateResult>();
            for (PointResult point : points) {
                point.policies().stream().filter(policy -> policy.policy().equals(name)).forEach(policy -> results.add(result(point, policy, false, files)));
                point.cutShort().stream().filter(policy -> policy.policy().equals(name)).forEach(policy -> results.add(result(point, policy, true, files)));
            }
            sweeps.add(new PolicySweep(name, results));
        }
        return sweeps;
    }

    private static RateResult result(PointResult point, PolicyReport policy, boolean cutShort, SweepFiles files) {
        double rate = point.point().value();
        return new RateResult(rate, policy, cutShort, files.raw(rate, policy.policy()));
    }
}
