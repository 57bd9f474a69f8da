package io.sagebench.cli;

import io.sagebench.benchmark.data.Description;
import io.sagebench.report.terminal.Columns;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what a workload, a dataset or a trace is like.
@Command(
        name = "describe",
        description = "Says what a trace, a dataset or a workload is like: lengths, rate, burstiness, and what prompts have in common.",
        footer = {"", "Example: sage-bench workload describe azure-llm-2023-conv.csv"})
final class WorkloadDescribeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME|FILE", description = "One that 'workload list' names, or a file.")
    private String what = "";

    @Option(names = "--as", paramLabel = DataText.KINDS, description = "What it is. Default: what it looks like.")
    private @Nullable String as;

    WorkloadDescribeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        return DataText.kind(terminal, as)
                .map(kind -> DataText.show(terminal, DataText.of(surroundings).describe(what, kind), all -> print(terminal, all)))
                .orElse(ExitCode.WRONG_USAGE);
    }

    private static void print(Terminal terminal, List<Description> all) {
        for (int i = 0; i < all.size(); i++) {
            if (i > 0) {
                terminal.printLine("");
            }
            Description one = all.get(i);
            one.sentences().forEach(terminal::printLine);
            terminal.printLine("");
            new Columns(one.titles(), one.lengths()).lines(terminal.results().width()).forEach(terminal::printLine);
        }
    }
}
