package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.report.chart.draw.ChartFormat;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.visual.Form;
import io.sagebench.report.visual.VisualNames;
import io.sagebench.report.visual.Visuals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes charts, a page and a Markdown text of a results file.
@Command(
        name = "visualize",
        description = "Makes charts, one page that needs nothing else, and a Markdown text of a results file: of run, compare, sweep, experiment and"
                + " engine run, also of the earlier tool.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench visualize --input benchmark_results/report_20260102_030405.json --output ./charts"})
final class VisualizeCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("charts", "html", "markdown", "all");
    private static final List<String> PICTURES = List.of("png", "svg", "pdf");

    private final Surroundings surroundings;

    @Option(names = {"-i", "--input"}, paramLabel = "FILE", order = 0, description = "The results file; or as an argument.")
    private @Nullable Path input;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The results file.")
    private @Nullable Path file;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", order = 1, description = "Where the files go. Default: ./visualizations.")
    private Path output = Path.of("./visualizations");

    @Option(names = {"-f", "--format"}, paramLabel = "charts|html|markdown|all", order = 2, description = "Default: all.")
    private String format = "all";

    @Option(
            names = "--chart-format",
            paramLabel = "png,svg,pdf",
            order = 3,
            description = "In which forms each chart is written. Default: png,svg.")
    private String chartFormat = "png,svg";

    @Option(names = "--force", order = 4, description = "Replaces files of the same name.")
    private boolean force;

    @Option(names = {"-q", "--quiet"}, order = 5, description = "Says nothing of charts that cannot be made.")
    private boolean quiet;

    VisualizeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var problems = new ArrayList<String>();
        Optional<Set<Form>> forms = Form.named(format);
        if (forms.isEmpty()) {
            problems.add("--format: must be one of " + String.join(", ", FORMATS) + ", but is '" + format + "'" + DidYouMean.hint(FORMATS, format));
        }
        Set<ChartFormat> formats = chartFormats(problems);
        Path given = input == null ? file : input;
        if (given == null || (input != null && file != null)) {
            problems.add("--input: give the results file, once");
        }
        if (Files.exists(output) && !Files.isDirectory(output)) {
            problems.add("--output: " + output + " is a file; give a directory");
        }
        Optional<ResultsView> view = given == null ? Optional.empty() : read(given, problems);
        if (!problems.isEmpty() || view.isEmpty() || forms.isEmpty() || given == null) {
            problems.forEach(terminal::say);
            return ExitCode.WRONG_USAGE;
        }
        return write(given, view.get(), forms.get(), formats);
    }

    private static Optional<ResultsView> read(Path path, List<String> problems) {
        try {
            return Optional.of(ResultsView.read(path));
        } catch (Unusable unusable) {
            problems.add("--input: " + unusable.reason());
            return Optional.empty();
        }
    }

    private Set<ChartFormat> chartFormats(List<String> problems) {
        var formats = EnumSet.noneOf(ChartFormat.class);
        for (String name : chartFormat.split(",", -1)) {
            ChartFormat.named(name.strip()).ifPresentOrElse(formats::add, () -> problems.add("--chart-format: must be of " + String.join(", ", PICTURES)
                    + ", but is '" + name.strip() + "'" + DidYouMean.hint(PICTURES, name.strip())));
        }
        return formats;
    }

    private int write(Path given, ResultsView view, Set<Form> forms, Set<ChartFormat> formats) {
        Terminal terminal = surroundings.terminal();
        VisualNames names = VisualNames.in(output);
        Optional<Path> taken = force ? Optional.empty() : names.taken(forms).stream().findFirst();
        if (taken.isPresent()) {
            terminal.say("--output: " + taken.get() + " is there already; give another directory, or --force to replace it");
            return ExitCode.WRONG_USAGE;
        }
        try {
            Files.createDirectories(output);
            Visuals.Written written = new Visuals(view, names, force).write(forms, formats);
            written.charts().forEach(chart -> terminal.printLine("Chart: " + chart));
            written.files().forEach(made -> terminal.printLine((made.equals(names.html()) ? "Page:  " : "Text:  ") + made));
            if (!quiet && forms.contains(Form.CHARTS)) {
                written.missing().forEach(chart -> terminal.say("not made: " + chart.stem() + ": " + chart.why()));
            }
            if (forms.equals(EnumSet.of(Form.CHARTS)) && written.charts().isEmpty()) {
                terminal.say(given + ": no chart can be made of it");
                return ExitCode.MISSED;
            }
        } catch (IOException broken) {
            terminal.say("--output: " + BenchmarkRun.reason(broken));
            return ExitCode.COULD_NOT_RUN;
        }
        view.gaps().forEach(gap -> terminal.say(given + ": " + gap));
        return view.gaps().isEmpty() ? ExitCode.DONE : ExitCode.MISSED;
    }
}
