package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.report.NewFile;
import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineFields;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.gate.BaselineCheck;
import io.sagebench.report.engine.gate.EngineRegression;
import io.sagebench.report.engine.gate.RegressionJson;
import io.sagebench.report.engine.gate.RegressionRule;
import io.sagebench.report.engine.gate.RegressionText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Says whether an engine is worse than its baseline, for a gate in continuous integration.
@Command(
        name = "regress",
        description = "Compares an engine's results with a baseline: is it worse, and by more than chance?",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit code 1 when a figure is critical or not measured any more, with --strict also on a warning; 2 when the files cannot be compared.",
            "Example: sage-bench engine regress --baseline baseline.json --format markdown >> pull-request.md"
        })
final class EngineRegressCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("table", "markdown", "json");

    private final Surroundings surroundings;

    @Option(
            names = {"-b", "--baseline"},
            paramLabel = "FILE",
            required = true,
            order = 0,
            description = "A benchmark_summary.json of an earlier run, or where --save puts one.")
    private Path baseline = Path.of("");

    @Option(names = {"-i", "--input"}, paramLabel = "FILE", order = 1, description = "Default: benchmark_results/benchmark_summary.json.")
    private Path input = EngineSummaryFile.USUAL;

    @Option(names = "--save", order = 2, description = "Makes the results the baseline rather than comparing them; over another one with --force.")
    private boolean save;

    @Option(names = "--force", order = 3, description = "Lets --save replace a baseline.")
    private boolean force;

    @Option(names = "--warn", paramLabel = "SHARE", order = 4, description = "Worse by more than this is a warning. Default: 5%%.")
    private String warn = "5%";

    @Option(names = "--critical", paramLabel = "SHARE", order = 5, description = "Worse by more than this is critical. Default: 10%%.")
    private String critical = "10%";

    @Option(names = "--figures", paramLabel = "A,B", order = 6, description = "Which figures. Default: means of TTFT, TBT, TPOT and E2E, p95 TTFT,"
            + " output and request throughput, peak memory, error rate.")
    private @Nullable String figures;

    @Option(
            names = "--expected",
            paramLabel = "A,B",
            order = 7,
            description = "Changes that are meant and so do not count: FIGURE or WORKLOAD.FIGURE.")
    private @Nullable String expected;

    @Option(names = "--strict", order = 8, description = "Warnings fail, too.")
    private boolean strict;

    @Option(
            names = "--allow-different",
            order = 9,
            description = "Compares even when the runs differ in engine, model, mode, workloads, requests or lengths.")
    private boolean allowDifferent;

    @Option(names = "--format", paramLabel = "table|markdown|json", order = 10, description = "Default: table.")
    private String format = "table";

    EngineRegressCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var problems = new ArrayList<String>();
        if (!FORMATS.contains(format)) {
            problems.add("--format: must be " + String.join(", ", FORMATS) + ", but is '" + format + "'");
        }
        if (force && !save) {
            problems.add("--force: only lets --save replace a baseline; leave it out");
        }
        EngineSummary now = read(input, problems);
        EngineSummary before = save ? null : read(baseline, problems);
        RegressionRule rule = rule(before, problems);
        if (now == null || rule == null || !problems.isEmpty()) {
            problems.forEach(terminal::say);
            return ExitCode.WRONG_USAGE;
        }
        return before == null ? saved(now, terminal) : compared(before, now, rule, terminal);
    }

    private static @Nullable EngineSummary read(Path file, List<String> problems) {
        try {
            return EngineSummaryFile.read(file);
        } catch (EngineSummaryFile.Unusable unusable) {
            problems.add(unusable.reason());
            return null;
        }
    }

    private int saved(EngineSummary now, Terminal terminal) {
        if (now.successfulRequests() == 0) {
            terminal.say(input + ": no request succeeded, so this is no baseline");
            return ExitCode.WRONG_USAGE;
        }
        try {
            Path folder = baseline.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            NewFile.write(baseline, Files.readAllBytes(input), force);
        } catch (FileAlreadyExistsException _) {
            terminal.say("--baseline: " + baseline + " is there already; --force replaces it");
            return ExitCode.WRONG_USAGE;
        } catch (IOException failed) {
            terminal.say("--baseline: " + baseline + " cannot be written: " + failed.getClass().getSimpleName());
            return ExitCode.COULD_NOT_RUN;
        }
        terminal.printLine("Baseline: " + baseline);
        return ExitCode.DONE;
    }

    private int compared(EngineSummary before, EngineSummary now, RegressionRule rule, Terminal terminal) {
        List<String> differences = BaselineCheck.differences(before, now);
        differences.forEach(terminal::say);
        if (!differences.isEmpty() && !allowDifferent) {
            terminal.say("These are not two measurements of the same thing; --allow-different compares them all the same.");
            return ExitCode.WRONG_USAGE;
        }
        EngineRegression regression = EngineRegression.between(before, now, rule);
        if (regression.changes().isEmpty()) {
            terminal.say("The runs have no workload in common, so nothing was compared.");
            return ExitCode.WRONG_USAGE;
        }
        switch (format) {
            case "json" -> terminal.printLine(RegressionJson.text(regression, strict));
            case "markdown" -> terminal.print(new RegressionText(regression, strict).markdown());
            default -> new RegressionText(regression, strict).lines(terminal.results().width()).forEach(terminal::printLine);
        }
        return regression.failures(strict).isEmpty() ? ExitCode.DONE : ExitCode.MISSED;
    }

    private @Nullable RegressionRule rule(@Nullable EngineSummary before, List<String> problems) {
        OptionalDouble warnAt = share("--warn", warn, problems);
        OptionalDouble criticalAt = share("--critical", critical, problems);
        List<String> looked = figures == null ? RegressionRule.USUAL_FIGURES : known("--figures", figures, problems);
        Set<String> meant = meant(before, problems);
        if (warnAt.isEmpty() || criticalAt.isEmpty()) {
            return null;
        }
        if (criticalAt.getAsDouble() < warnAt.getAsDouble()) {
            problems.add("--critical: must not be below --warn, but is " + critical + " and " + warn);
            return null;
        }
        return new RegressionRule(warnAt.getAsDouble(), criticalAt.getAsDouble(), looked, meant);
    }

    private static OptionalDouble share(String option, String text, List<String> problems) {
        OptionalDouble share = ShareText.parse(text);
        if (share.isPresent() && share.getAsDouble() > 0 && share.getAsDouble() <= 10) {
            return share;
        }
        problems.add(option + ": must be a share above 0 such as 5% or 0.05, but is '" + text + "'");
        return OptionalDouble.empty();
    }

    private static List<String> known(String option, String list, List<String> problems) {
        var names = new LinkedHashSet<String>();
        for (String name : list.split(",", -1)) {
            checkFigure(option, name.strip(), problems);
            names.add(name.strip());
        }
        return List.copyOf(names);
    }

    /// Also unknown workloads are mistakes: a change that is meant under a name that nothing has would count after all.
    private Set<String> meant(@Nullable EngineSummary before, List<String> problems) {
        var names = new LinkedHashSet<String>();
        if (expected != null) {
            for (String each : expected.split(",", -1)) {
                String name = each.strip();
                int point = name.lastIndexOf('.');
                if (point >= 0 && before != null && !before.workloads().containsKey(name.substring(0, point))) {
                    problems.add("--expected: the baseline has no workload '" + name.substring(0, point) + "'; it has "
                            + String.join(", ", before.workloads().keySet()));
                }
                checkFigure("--expected", name.substring(point + 1), problems);
                names.add(name);
            }
        }
        return names;
    }

    private static void checkFigure(String option, String name, List<String> problems) {
        if (EngineFields.named(name).filter(field -> field.better() != EngineField.Better.NEITHER).isEmpty()) {
            List<String> all = EngineFields.all().stream()
                    .filter(field -> field.better() != EngineField.Better.NEITHER)
                    .map(EngineField::key)
                    .toList();
            problems.add(option + ": unknown figure '" + name + "'" + DidYouMean.hint(all, name));
        }
    }
}
