package io.sagebench.cli;

import io.sagebench.benchmark.data.Conversion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a trace or a dataset in another format.
@Command(
        name = "convert",
        description = "Writes a trace as a plan (JSONL), as Mooncake's JSONL or as Azure's CSV; or a dataset as JSONL or CSV.",
        footer = {"", "Example: sage-bench workload convert BurstGPT_1.csv burst.jsonl"})
final class WorkloadConvertCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "IN", description = "Any format that --trace or --dataset reads.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "Must not be there yet.")
    private Path out = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "plan, mooncake or azure for traces, jsonl or csv for datasets. Default: by the suffix of OUT.")
    private @Nullable String to;

    @Option(names = "--as", paramLabel = DataText.KINDS, description = "What IN is. Default: what it looks like.")
    private @Nullable String as;

    WorkloadConvertCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        return DataText.kind(terminal, as)
                .map(kind -> DataText.show(
                        terminal, Conversion.convert(in, out, Optional.ofNullable(to), kind), what -> terminal.printLine(out + ": " + what)))
                .orElse(ExitCode.WRONG_USAGE);
    }
}
