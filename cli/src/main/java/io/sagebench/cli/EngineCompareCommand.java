package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.engine.EngineChoice;
import io.sagebench.benchmark.engine.EngineRunner;
import io.sagebench.benchmark.engine.EngineTarget;
import io.sagebench.benchmark.engine.EngineTargets;
import io.sagebench.benchmark.engine.HttpEngineRunner;
import io.sagebench.benchmark.engine.PromptSource;
import io.sagebench.benchmark.engine.SideBySide;
import io.sagebench.benchmark.engine.StartedServer;
import io.sagebench.report.NewFile;
import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.compare.ComparisonJson;
import io.sagebench.report.engine.compare.ComparisonText;
import io.sagebench.report.engine.compare.EngineComparison;
import io.sagebench.report.engine.compare.TargetResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures several engines side by side.
@Command(
        name = "compare",
        description = "Measures two or more engines side by side: the same prompts, in rounds, in an order drawn anew for each.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "The first target is the baseline. Exit code 1 when an engine failed: one that does not answer is never the fastest.",
            "",
            "Example: sage-bench engine compare --target ours=vllm:http://gpu-1:8000 --target theirs=sglang:http://gpu-2:30000",
            "         sage-bench engine compare --target mock=mock --target cpu=cpu --workload short"
        })
final class EngineCompareCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /// What the files of a comparison are called, without their ending.
    static final String COMPARISON = "comparison";

    private static final List<String> FORMATS = List.of("table", "markdown", "json");

    private final Surroundings surroundings;

    @Mixin
    private final EngineCompareOptions options;

    @Option(
            names = {"-o", "--output", "--output-dir"},
            paramLabel = "DIR",
            order = 15,
            description = "Where the files go. Default: ./benchmark_results/compare_<UTC time>.")
    private @Nullable String output;

    @Option(names = "--format", paramLabel = "table|markdown|json", order = 16, description = "What is printed. Default: table.")
    private String format = "table";

    EngineCompareCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.options = new EngineCompareOptions(surroundings.environment());
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var problems = new ArrayList<String>();
        Optional<EngineCompareOptions.Order> order = options.order(problems);
        if (!FORMATS.contains(format)) {
            problems.add("--format: must be " + String.join(", ", FORMATS) + ", but is '" + format + "'");
        }
        if (!problems.isEmpty() || order.isEmpty()) {
            problems.forEach(terminal::say);
            return ExitCode.WRONG_USAGE;
        }
        Path folder = output == null
                ? Path.of("benchmark_results", "compare_" + STAMP.format(surroundings.clock().instant()))
                : Path.of(output);
        var directory = new OutputDirectory(folder);
        Optional<String> problem = directory.problem();
        if (problem.isPresent()) {
            terminal.say(problem.get());
            return ExitCode.WRONG_USAGE;
        }
        try {
            return run(order.get(), folder);
        } catch (IOException broken) {
            terminal.say("the results could not be written: " + BenchmarkRun.reason(broken));
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private int run(EngineCompareOptions.Order order, Path folder) throws IOException {
        Terminal terminal = surroundings.terminal();
        var stop = new StopSignal();
        var engines = new EngineTargets(surroundings.serving(), surroundings.cpuModels(), failure -> {
            terminal.say("an engine in this process has failed; please report this: " + failure);
            stop.request();
        });
        var open = new ArrayList<AutoCloseable>();
        try (Interrupts.Guard _ = surroundings.interrupts().during(() -> {
            terminal.say(System.lineSeparator() + "Stopping; rounds that have been measured are kept.");
            stop.request();
        })) {
            var entrants = new ArrayList<SideBySide.Entrant>();
            order.targets().forEach((label, choice) -> entrants.add(entrant(label, choice, order, engines, folder, open, stop)));
            int present = (int) entrants.stream().filter(entrant -> entrant.target().isPresent()).count();
            SideBySide rounds = order.rounds();
            var extent = new EngineProgress.Extent(
                    Math.max(1, present * rounds.workloads().size() * rounds.rounds()), rounds.rounds(), rounds.options().duration().isPresent());
            try (var progress = new EngineProgress(terminal, extent, false, System::nanoTime)) {
                EngineComparison comparison =
                        order.rounds().measure(entrants, reference -> saying(entrants, progress, reference), stop);
                progress.end();
                return told(comparison, order, folder, stop);
            }
        } finally {
            closeAll(open);
        }
    }

    /// Measures, and says whom.
    private static EngineRunner saying(List<SideBySide.Entrant> entrants, EngineProgress progress, EngineTarget reference) {
        var runner = new HttpEngineRunner(new PromptSource.Own(), progress, Optional.of(reference));
        return (target, workload, how, round, stop) -> {
            entrants.stream()
                    .filter(entrant -> entrant.target().filter(target::equals).isPresent())
                    .forEach(entrant -> progress.about(entrant.label()));
            return runner.measure(target, workload, how, round, stop);
        };
    }

    private SideBySide.Entrant entrant(
            String label,
            EngineChoice choice,
            EngineCompareOptions.Order order,
            EngineTargets engines,
            Path folder,
            List<AutoCloseable> open,
            StopSignal stop) {
        String where = choice.url().map(URI::toString).orElse(choice.backend().wireName());
        EngineTargets.Opening opening = engines.open(choice);
        if (opening instanceof EngineTargets.Opening.Failed && order.commands().containsKey(label)) {
            Optional<String> trouble = started(label, choice, order, folder, open, stop);
            if (trouble.isPresent()) {
                surroundings.terminal().say(label + ": " + trouble.get());
                return SideBySide.Entrant.missing(label, where, trouble.get());
            }
            opening = engines.open(choice);
        }
        return switch (opening) {
            case EngineTargets.Opening.Failed(String message) -> {
                surroundings.terminal().say(label + ": " + message);
                yield SideBySide.Entrant.missing(label, where, message);
            }
            case EngineTargets.Opening.Opened(EngineTarget target) -> {
                open.add(target);
                surroundings.terminal().say(label + ": " + target.backend().wireName() + ", model " + target.model() + ", at " + target.url());
                target.notes().forEach(note -> surroundings.terminal().say(label + ": " + note));
                yield SideBySide.Entrant.ready(label, target);
            }
        };
    }

    private Optional<String> started(
            String label, EngineChoice choice, EngineCompareOptions.Order order, Path folder, List<AutoCloseable> open, StopSignal stop) {
        try {
            String command = order.commands().getOrDefault(label, "");
            StartedServer server = StartedServer.start(command, folder.resolve(EngineCompareOptions.slug(label) + ".log"));
            open.add(server);
            surroundings.terminal().say(label + ": started, waiting for " + choice.url().orElseThrow());
            return server.awaitReady(choice.url().orElseThrow(), choice.apiKey().map(ApiKey::reveal), order.longestWait(), stop);
        } catch (IOException failed) {
            return Optional.of("its command could not be started: " + failed.getMessage());
        }
    }

    /// The last that was opened first: an engine before the server that was started for it.
    private void closeAll(List<AutoCloseable> open) {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception failed) {
                surroundings.terminal().say("could not be closed: " + failed);
            }
        }
    }

    private int told(EngineComparison comparison, EngineCompareOptions.Order order, Path folder, StopSignal stop) throws IOException {
        Terminal terminal = surroundings.terminal();
        for (TargetResult target : comparison.targets()) {
            write(folder.resolve(EngineCompareOptions.slug(target.label()) + ".json"), EngineJson.text(target.summary()));
        }
        String json = ComparisonJson.text(comparison, order.batchSizes());
        var text = new ComparisonText(comparison);
        write(folder.resolve(COMPARISON + ".json"), json);
        write(folder.resolve(COMPARISON + ".md"), text.markdown());
        switch (format) {
            case "json" -> terminal.print(json);
            case "markdown" -> terminal.print(text.markdown());
            default -> text.lines(terminal.results().width()).forEach(terminal::printLine);
        }
        terminal.say("Files: " + folder);
        if (stop.isRequested()) {
            return ExitCode.INTERRUPTED;
        }
        return comparison.failed().isEmpty() ? ExitCode.DONE : ExitCode.MISSED;
    }

    private static void write(Path file, String text) throws IOException {
        NewFile.write(file, text.getBytes(StandardCharsets.UTF_8), true);
    }
}
