package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.metrics.Finding.Judgement;
import io.sagebench.metrics.Finding;
import io.sagebench.metrics.Headline;
import io.sagebench.report.diff.DiffJson;
import io.sagebench.report.diff.DiffText;
import io.sagebench.report.diff.Gates;
import io.sagebench.report.diff.PolicyDiff;
import io.sagebench.report.diff.ResultsDiff;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.results.ResultsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says whether a measurement is worse than an earlier one, for a gate in continuous integration.
@Command(
        name = "diff",
        description = "Compares two results files: is B worse than A, and by more than chance?",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit code 1 when a figure got worse by more than chance and more than is allowed, 2 when a file cannot be used.",
            "Example: sage-bench diff before.json after.json --max-regression p99_ttft=5%%,throughput=2%%"
        })
final class DiffCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "A.json", description = "The earlier report.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "B.json", description = "The later report.")
    private Path after = Path.of("");

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "NAME",
            order = 0,
            description = "Only this policy. Default: all that both files have.")
    private @Nullable String policy;

    @Option(
            names = "--max-regression",
            paramLabel = "FIGURE=SHARE,...",
            order = 1,
            description = {
                "By how much figures may get worse: p99_ttft=5%%. The others are shown and do not count.",
                "Default: none may, by more than chance. Of attainment the share is percentage points.",
                "Figures: throughput, goodput, tokens_per_second, attainment; mean_, p50_, p95_ and p99_ of ttft and e2e; mean_tbt."
            })
    private @Nullable String maxRegression;

    @Option(names = "--format", paramLabel = "table|json", order = 2, description = "Default: table.")
    private String format = "table";

    DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var problems = new ArrayList<String>();
        Gates gates = gates(problems);
        if (!format.equals("table") && !format.equals("json")) {
            problems.add("--format: must be table or json, but is '" + format + "'");
        }
        Optional<ResultsFile> one = read(before, problems);
        Optional<ResultsFile> other = read(after, problems);
        if (one.isEmpty() || other.isEmpty() || !problems.isEmpty()) {
            problems.forEach(terminal::say);
            return ExitCode.WRONG_USAGE;
        }
        ResultsDiff diff;
        try {
            diff = ResultsDiff.of(one.get(), other.get(), Optional.ofNullable(policy), gates);
        } catch (Unusable unusable) {
            terminal.say(unusable.reason());
            return ExitCode.WRONG_USAGE;
        }
        if (format.equals("json")) {
            terminal.printLine(DiffJson.text(diff));
        } else {
            new DiffText(diff, terminal.results().width()).lines().forEach(terminal::printLine);
        }
        return judged(diff, terminal);
    }

    private static int judged(ResultsDiff diff, Terminal terminal) {
        for (PolicyDiff policy : diff.policies()) {
            for (Finding finding : policy.findings()) {
                if (diff.gates().limits().containsKey(finding.figure())
                        && finding.judgement() instanceof Judgement.NotTested(String why)) {
                    terminal.say(policy.title() + ": " + finding.figure().wireName() + " could not be judged, because " + why);
                }
            }
        }
        diff.regressions().forEach((title, findings) -> findings.forEach(finding -> terminal.say("Regression: " + title + ", "
                + finding.figure().wireName() + " " + DiffText.change(finding.figure(), finding.change()))));
        return diff.regressions().isEmpty() ? ExitCode.DONE : ExitCode.MISSED;
    }

    private Gates gates(List<String> problems) {
        if (maxRegression == null) {
            return Gates.NONE_NAMED;
        }
        Map<Headline, Double> limits = new LinkedHashMap<>();
        for (String gate : maxRegression.split(",", -1)) {
            String[] parts = gate.strip().split("=", 2);
            Optional<Headline> figure = Headline.named(parts[0].strip());
            if (parts.length < 2) {
                problems.add("--max-regression: must be FIGURE=SHARE, for example p99_ttft=5%, but is '" + gate + "'");
            } else if (figure.isEmpty()) {
                problems.add("--max-regression: unknown figure '" + parts[0].strip() + "'"
                        + DidYouMean.hint(Headline.names(), parts[0].strip()) + "; there are "
                        + String.join(", ", Headline.names()));
            } else if (limits.containsKey(figure.get())) {
                problems.add("--max-regression: " + parts[0].strip() + " is given twice");
            } else {
                Double share = share(parts[1].strip());
                if (share == null) {
                    problems.add("--max-regression: " + parts[0].strip()
                            + " must be a share from 0, such as 5% or 0.05, but is '" + parts[1].strip() + "'");
                } else {
                    limits.put(figure.get(), share);
                }
            }
        }
        return new Gates(limits);
    }

    private static @Nullable Double share(String text) {
        OptionalDouble share = ShareText.parse(text);
        return share.isPresent() && share.getAsDouble() >= 0 && share.getAsDouble() <= 100 ? (Double) share.getAsDouble() : null;
    }

    private static Optional<ResultsFile> read(Path path, List<String> problems) {
        try {
            return Optional.of(ResultsFile.read(path));
        } catch (Unusable unusable) {
            problems.add(unusable.reason());
            return Optional.empty();
        }
    }
}
