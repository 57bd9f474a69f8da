package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.csv.SummaryCsv;
import io.sagebench.report.definitions.ToolDefinition;
import io.sagebench.report.definitions.ToolFigures;
import io.sagebench.report.definitions.Tools;
import io.sagebench.report.engine.EngineTable;
import io.sagebench.report.formats.SaveFormat;
import io.sagebench.report.markdown.MarkdownReport;
import io.sagebench.report.results.ReportReader;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.terminal.ComparisonTable;
import io.sagebench.report.terminal.LatencyLines;
import io.sagebench.report.terminal.TerminalStyle;
import io.sagebench.report.terminal.TerminalText;
import io.sagebench.report.terminal.ToolTable;
import io.sagebench.report.view.Digest;
import io.sagebench.report.view.ResultsView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints a results file again, as we count or as another tool does.
@Command(
        name = "report",
        description = "Prints a results file again: in another form, by another tool's definitions, or in its file layout.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench report benchmark_results/report_20260102_030405.json --format csv"})
final class ReportCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("table", "json", "csv", "markdown");

    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "A JSON file that run, compare, sweep, experiment or engine run wrote; also of the earlier tool.")
    private Path path = Path.of("");

    @Option(names = "--format", paramLabel = "table|json|csv|markdown", order = 0, description = "Default: table. json is the file as it is.")
    private @Nullable String format;

    @Option(
            names = "--definitions",
            paramLabel = "TOOL",
            order = 1,
            description = "The figures by that tool's definitions: vllm, sglang, guidellm, aiperf, inference-perf, llmperf or mlperf.")
    private @Nullable String definitions;

    @Option(
            names = "--save-format",
            paramLabel = "TOOL,...",
            order = 2,
            description = "Writes files in that tool's layout beside it instead: vllm, sglang or guidellm.")
    private @Nullable String saveFormat;

    @Option(names = "--force", order = 3, description = "Replaces files of the same name.")
    private boolean force;

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var problems = new ArrayList<String>();
        String form = format == null ? "table" : format;
        if (!FORMATS.contains(form)) {
            problems.add("--format: must be one of " + String.join(", ", FORMATS) + ", but is '" + form + "'" + DidYouMean.hint(FORMATS, form));
        }
        if (format != null && definitions != null && !form.equals("table")) {
            problems.add("--definitions: prints a table, and does not go with --format " + form);
        }
        Optional<ToolDefinition> tool = Optional.ofNullable(definitions).flatMap(Tools::named);
        if (definitions != null && tool.isEmpty()) {
            problems.add("--definitions: unknown tool '" + definitions + "'" + DidYouMean.hint(Tools.names(), definitions) + "; there are "
                    + String.join(", ", Tools.names()));
        }
        List<SaveFormat> layouts = layouts(saveFormat, problems);
        Optional<ResultsView> view = Optional.empty();
        try {
            view = Optional.of(ResultsView.read(path));
        } catch (Unusable unusable) {
            problems.add(unusable.reason());
        }
        if (!problems.isEmpty() || view.isEmpty()) {
            problems.forEach(terminal::say);
            return ExitCode.WRONG_USAGE;
        }
        return printed(view.get(), form, tool, layouts, terminal);
    }

    private int printed(ResultsView view, String form, Optional<ToolDefinition> tool, List<SaveFormat> layouts, Terminal terminal) {
        try {
            if (!layouts.isEmpty()) {
                return saved(ResultsFile.read(path), layouts, force, terminal) ? ExitCode.DONE : ExitCode.WRONG_USAGE;
            }
            if (tool.isPresent()) {
                ResultsFile file = ResultsFile.read(path);
                for (String policy : file.policies()) {
                    ToolTable.lines(policy, ToolFigures.of(file, policy, tool.get()), terminal.results().width()).forEach(terminal::printLine);
                    terminal.printLine("");
                }
                return ExitCode.DONE;
            }
            switch (form) {
                case "json" -> terminal.print(Files.readString(path, StandardCharsets.UTF_8));
                case "csv" -> terminal.print(new SummaryCsv(new ReportReader(ResultsFile.read(path)).report()).text());
                case "markdown" -> terminal.print(MarkdownReport.text(view, List.of()));
                default -> terminal.print(table(view, terminal.results()));
            }
            view.gaps().forEach(gap -> terminal.say(path + ": " + gap));
            return view.gaps().isEmpty() ? ExitCode.DONE : ExitCode.MISSED;
        } catch (Unusable unusable) {
            terminal.say(unusable.reason());
            return ExitCode.WRONG_USAGE;
        } catch (IOException broken) {
            terminal.say(BenchmarkRun.reason(broken));
            return ExitCode.COULD_NOT_RUN;
        }
    }

    /// As the run printed it, when it is whole and of our layout; else what there is.
    private String table(ResultsView view, TerminalStyle style) throws Unusable {
        if (view.kind() == ResultsView.Kind.BENCHMARK && view.gaps().isEmpty() && view.layout().equals("2.0")) {
            BenchmarkReport report = new ReportReader(ResultsFile.read(path)).report();
            return new ComparisonTable(report, ReportReader.load(report), style).text() + latencies(view, style);
        }
        if (view.kind() == ResultsView.Kind.ENGINE && view.engine().isPresent()) {
            return new EngineTable(view.engine().get(), style).text();
        }
        var text = new TerminalText(style);
        Digest.write(view, List.of(), text);
        return text.done() + latencies(view, style);
    }

    private static String latencies(ResultsView view, TerminalStyle style) {
        return LatencyLines.of(view, style).stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining("", System.lineSeparator(), ""));
    }

    /// The layouts that a list names.
    static List<SaveFormat> layouts(@Nullable String list, List<String> problems) {
        var layouts = new ArrayList<SaveFormat>();
        if (list != null) {
            for (String name : list.split(",", -1)) {
                SaveFormat.named(name.strip()).ifPresentOrElse(layouts::add, () -> problems.add("--save-format: unknown layout '" + name.strip()
                        + "'" + DidYouMean.hint(SaveFormat.names(), name.strip()) + "; there are "
                        + String.join(", ", SaveFormat.names())));
            }
        }
        return layouts;
    }

    /// Writes the layouts beside a report, and says where.
    ///
    /// @return whether all could be written
    static boolean saved(ResultsFile file, List<SaveFormat> layouts, boolean replace, Terminal terminal) throws Unusable {
        for (SaveFormat layout : layouts) {
            try {
                for (Path written : layout.write(file, replace)) {
                    terminal.printLine("Saved:    " + written);
                }
            } catch (IOException broken) {
                terminal.say("--save-format: " + BenchmarkRun.reason(broken));
                return false;
            }
        }
        return true;
    }
}
