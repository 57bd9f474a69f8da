package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.report.chart.book.ChartBook;
import io.sagebench.report.engine.EngineCsv;
import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineMarkdown;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.EngineTable;
import io.sagebench.report.html.HtmlReport;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.view.ResultsView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints the results of an engine again.
@Command(
        name = "report",
        description = "Prints results again: as a table, JSON, Markdown, CSV, or a page of HTML.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench engine report --format markdown > REPORT.md"})
final class EngineReportCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("table", "json", "markdown", "csv", "html");

    private final Surroundings surroundings;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            order = 0,
            description = "A benchmark_summary.json, or the figures of one workload. Default: ./benchmark_results/benchmark_summary.json.")
    private Path input = EngineSummaryFile.USUAL;

    @Option(names = "--format", paramLabel = "FORMAT", order = 1, description = "table, json, markdown, csv or html. Default: table.")
    private String format = "table";

    EngineReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        if (!FORMATS.contains(format)) {
            terminal.say("--format: must be one of " + String.join(", ", FORMATS) + ", but is '" + format + "'" + DidYouMean.hint(FORMATS, format));
            return ExitCode.WRONG_USAGE;
        }
        try {
            EngineSummary summary = EngineSummaryFile.read(input);
            terminal.print(
                    switch (format) {
                        case "json" -> EngineJson.text(summary);
                        case "markdown" -> EngineMarkdown.text(summary);
                        case "csv" -> EngineCsv.text(summary);
                        case "html" -> page();
                        default -> new EngineTable(summary, terminal.results()).text();
                    });
            return ExitCode.DONE;
        } catch (ResultsFile.Unusable unusable) {
            terminal.say(unusable.reason());
            return ExitCode.MISSED;
        } catch (EngineSummaryFile.Unusable unusable) {
            terminal.say(unusable.reason());
            return ExitCode.MISSED;
        }
    }

    private String page() throws ResultsFile.Unusable {
        ResultsView view = ResultsView.read(input);
        return HtmlReport.of(view, ChartBook.of(view)).text();
    }
}
