package io.sagebench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks a file of workloads, prompts, texts or recorded requests.
@Command(
        name = "validate",
        description = "Checks a file of workloads, prompts or texts, or a trace, and names every mistake with its line.")
final class WorkloadValidateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "JSONL, JSON or CSV.")
    private Path file = Path.of("");

    @Option(names = "--as", paramLabel = DataText.KINDS, description = "What it is. Default: what it looks like.")
    private @Nullable String as;

    WorkloadValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        return DataText.kind(terminal, as)
                .map(kind -> DataText.show(
                        terminal, DataText.of(surroundings).validate(file, kind), what -> terminal.printLine(file + ": valid; " + what)))
                .orElse(ExitCode.WRONG_USAGE);
    }
}
