package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.report.NewFile;
import io.sagebench.report.engine.rank.MeasuredRun;
import io.sagebench.report.engine.rank.RankBy;
import io.sagebench.report.engine.rank.Ranking;
import io.sagebench.report.engine.rank.RankingHtml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Ranks the runs of a folder on a page.
@Command(
        name = "dashboard",
        description = "Ranks all runs below a folder on a page of HTML, workload by workload.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Runs that failed or lack the figure are listed without a rank. A folder without results is said, and is exit code 0.",
            "Example: sage-bench engine dashboard --results benchmark_results --sort-by ttft_ms"
        })
final class EngineDashboardCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--results", paramLabel = "DIR", order = 0, description = "Where results files are, at any depth. Default: ./benchmark_results.")
    private Path results = Path.of("benchmark_results");

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", order = 1, description = "The page. Default: dashboard.html.")
    private Path output = Path.of("dashboard.html");

    @Option(names = "--title", paramLabel = "TEXT", order = 2, description = "Its title. Default: Engine benchmark ranking.")
    private String title = "Engine benchmark ranking";

    @Option(
            names = "--sort-by",
            paramLabel = "FIGURE",
            order = 3,
            description = "throughput_tps (most first), ttft_ms, latency_p99_ms or tbt_ms (least first). Default: throughput_tps.")
    private String sortBy = RankBy.THROUGHPUT.wireName();

    @Option(names = "--force", order = 4, description = "Replaces the page if there is one.")
    private boolean force;

    EngineDashboardCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        Optional<RankBy> by = RankBy.named(sortBy);
        if (by.isEmpty()) {
            terminal.say("--sort-by: must be one of " + String.join(", ", RankBy.names()) + ", but is '" + sortBy + "'"
                    + DidYouMean.hint(RankBy.names(), sortBy));
        }
        boolean inTheWay = !force && Files.exists(output);
        if (inTheWay) {
            terminal.say("--output: " + output + " is there already; --force replaces it");
        }
        if (by.isEmpty() || inTheWay) {
            return ExitCode.WRONG_USAGE;
        }
        try {
            List<MeasuredRun> runs = Files.isDirectory(results) ? EngineResultFiles.below(results, terminal) : List.of();
            if (runs.isEmpty()) {
                terminal.say("No results below " + results + ", so no page was written. Run the benchmark first:"
                        + " sage-bench engine run --workload m1 --backend mock");
                return ExitCode.DONE;
            }
            return written(runs, by.get());
        } catch (FileAlreadyExistsException _) {
            terminal.say("--output: " + output + " is there already; --force replaces it");
            return ExitCode.WRONG_USAGE;
        } catch (IOException failed) {
            terminal.say("--output: " + output + " cannot be written: " + BenchmarkRun.reason(failed));
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private int written(List<MeasuredRun> runs, RankBy by) throws IOException {
        Path folder = output.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        NewFile.write(output, RankingHtml.text(title, Ranking.of(runs, by)).getBytes(StandardCharsets.UTF_8), force);
        surroundings.terminal().printLine("Dashboard: " + output + " (" + runs.size() + (runs.size() == 1 ? " row)" : " rows)"));
        return ExitCode.DONE;
    }
}
