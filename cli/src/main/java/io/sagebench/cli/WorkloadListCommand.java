package io.sagebench.cli;

import io.sagebench.benchmark.data.WorkloadData;
import io.sagebench.benchmark.data.WorkloadData.Listed;
import io.sagebench.report.terminal.Columns;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Lists the workloads and datasets there are by name.
@Command(
        name = "list",
        description = "Lists the workloads and datasets there are by name: those in the directory SAGE_BENCHMARK_DATA and those that ship.",
        footer = {"", "Example: sage-bench run --simulate --workload balanced"})
final class WorkloadListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    WorkloadListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        WorkloadData data = DataText.of(surroundings);
        Terminal terminal = surroundings.terminal();
        int code = DataText.show(terminal, data.workloads(), all -> print(terminal, "Workload", all));
        if (code != ExitCode.DONE) {
            return code;
        }
        terminal.printLine("");
        return DataText.show(terminal, data.datasets(), all -> print(terminal, "Dataset", all));
    }

    private static void print(Terminal terminal, String title, List<Listed> all) {
        new Columns(List.of(title, "What it is"), all.stream().map(one -> List.of(one.name(), one.about())).toList())
                .lines(terminal.results().width())
                .forEach(terminal::printLine);
    }
}
