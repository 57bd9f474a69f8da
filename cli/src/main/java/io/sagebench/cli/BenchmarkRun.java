package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.BenchmarkResult;
import io.sagebench.benchmark.LoadLine;
import io.sagebench.benchmark.RunFacts;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.ReportFiles;
import io.sagebench.report.formats.SaveFormat;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.terminal.ComparisonTable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One benchmark from the checked options to the printed table.
final class BenchmarkRun {
    private final Surroundings surroundings;
    private final Terminal terminal;
    private final LoadOptions options;
    private final ConfigDraft draft;
    private List<SaveFormat> layouts = List.of();

    BenchmarkRun(Surroundings surroundings, LoadOptions options) {
        this.surroundings = surroundings;
        this.terminal = surroundings.terminal();
        this.options = options;
        this.draft = new ConfigDraft(surroundings.policyNames());
    }

    /// Where a command puts its own options, before the shared ones.
    ConfigDraft draft() {
        return draft;
    }

    int execute(HowMany howMany) {
        options.fill(draft, surroundings.environment());
        var wrongLayouts = new ArrayList<String>();
        layouts = ReportCommand.layouts(options.saveFormat(), wrongLayouts);
        wrongLayouts.forEach(terminal::say);
        return switch (draft.check(howMany)) {
            case Checked.Invalid(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case Checked.Valid(RunSettings _) when !wrongLayouts.isEmpty() -> ExitCode.WRONG_USAGE;
            case Checked.Valid(RunSettings settings) -> {
                settings.notes().forEach(terminal::say);
                yield intoFiles(settings, howMany);
            }
        };
    }

    private int intoFiles(RunSettings settings, HowMany howMany) {
        Instant startedAt = surroundings.clock().instant();
        var place = new OutputPlace(settings.output(), startedAt, options.force());
        Optional<String> problem = place.problem(new VisualsAfterwards(surroundings, settings.visualize(), options.force()));
        if (problem.isPresent()) {
            terminal.say(problem.get());
            return ExitCode.WRONG_USAGE;
        }
        return new WatchedRun(terminal, options.dashboard(), place::undo)
                .benchmark(settings.config(), howMany == HowMany.ONE ? "Run" : "Comparison", watching -> measure(settings, place, startedAt, watching));
    }

    private int measure(RunSettings settings, OutputPlace place, Instant startedAt, BenchmarkListener watching) {
        try {
            return measure(settings, place.begin(), place, startedAt, watching);
        } catch (IOException broken) {
            terminal.say("the results could not be written: " + reason(broken));
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private int measure(
            RunSettings settings, ReportFiles files, OutputPlace place, Instant startedAt, BenchmarkListener watching) throws IOException {
        var stop = new StopSignal();
        try (Interrupts.Guard _ = surroundings.interrupts().during(() -> interrupted(stop))) {
            BenchmarkResult result;
            try (ProgressDisplay progress = new ProgressDisplay(terminal, System::nanoTime)) {
                BenchmarkListener listener = options.quiet() ? watching : progress.and(watching);
                result = surroundings.benchmarks().run(settings.config(), listener, files, stop);
            } catch (RuntimeException bug) {
                files.keepRecords().ifPresent(kept -> terminal.say("what was measured until then is in " + kept));
                throw bug;
            }
            return switch (result) {
                case BenchmarkResult.CouldNotRun(String message) -> {
                    files.discard();
                    place.undo();
                    terminal.say(message);
                    yield stop.isRequested() ? ExitCode.INTERRUPTED : ExitCode.COULD_NOT_RUN;
                }
                case BenchmarkResult.Measured measured when measured.policies().isEmpty() -> {
                    files.discard();
                    place.undo();
                    terminal.say("stopped before anything was measured");
                    yield ExitCode.INTERRUPTED;
                }
                case BenchmarkResult.Measured measured -> report(settings, files, measured, startedAt);
            };
        }
    }

    private void interrupted(StopSignal stop) {
        terminal.say(System.lineSeparator() + "Stopping; what was measured is written.");
        stop.request();
    }

    private int report(RunSettings settings, ReportFiles files, BenchmarkResult.Measured measured, Instant startedAt)
            throws IOException {
        var report = new BenchmarkReport(
                surroundings.tool(),
                RunFacts.of(settings.config().seed(), startedAt, surroundings.arguments(), measured.interrupted()),
                measured.target(),
                settings.documented(),
                settings.config().workload().isHybrid(),
                measured.policies(),
                measured.notRun(),
                files.raw());
        terminal.print(new ComparisonTable(report, LoadLine.of(settings.config()), terminal.results()).text());
        files.finish(report);
        terminal.printLine("");
        if (measured.interrupted()) {
            terminal.printLine("Interrupted: the figures are of what was measured until then.");
        }
        printNames(files);
        save(files);
        return new VisualsAfterwards(surroundings, settings.visualize(), options.force())
                .make(files.names().report(), measured.interrupted() ? ExitCode.INTERRUPTED : exitCode(settings, report));
    }

    private int exitCode(RunSettings settings, BenchmarkReport report) {
        boolean anyCompleted = report.policies().stream().anyMatch(policy -> policy.metrics().counts().completed() > 0);
        boolean missed = new MissedLimits(settings.limits(), terminal).tell("", report.policies());
        return anyCompleted && !missed ? ExitCode.DONE : ExitCode.MISSED;
    }

    private void save(ReportFiles files) {
        if (layouts.isEmpty()) {
            return;
        }
        try {
            ReportCommand.saved(ResultsFile.read(files.names().report()), layouts, options.force(), terminal);
        } catch (Unusable unusable) {
            terminal.say("--save-format: " + unusable.reason());
        }
    }

    private void printNames(ReportFiles files) {
        printName("Report:  ", files.names().report());
        printName("Summary: ", files.names().summary());
        printName("Requests:", files.names().records());
        if (Files.exists(files.names().monitor())) {
            printName("Watched: ", files.names().monitor());
        }
    }

    private void printName(String what, Path file) {
        terminal.printLine(what + " " + file);
    }

    static String reason(IOException broken) {
        if (broken instanceof FileSystemException about) {
            String why = about.getReason() == null ? OutputPlace.kind(about) : about.getReason();
            return about.getFile() + ": " + why;
        }
        return String.valueOf(broken.getMessage());
    }
}
