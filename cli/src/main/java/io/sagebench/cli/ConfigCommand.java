package io.sagebench.cli;

import io.sagebench.benchmark.config.ExampleCluster;
import io.sagebench.benchmark.config.ExampleConfig;
import io.sagebench.report.NewFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints an example configuration.
@Command(name = "config", description = "Prints a complete configuration, or a cluster file, to start from.")
final class ConfigCommand implements Callable<Integer> {
    private static final String SCHEMA = "schema";

    private final Terminal terminal;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "yaml|json|schema",
            description = "Default: yaml, or what the name of the file says. schema is the JSON schema of such files, for editors.")
    private @Nullable String format;

    @Option(
            names = {"-m", "--mode"},
            paramLabel = "llm|hybrid",
            description = "Which kind of load it begins with. Default: llm.")
    private String mode = "llm";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes it to a file.")
    private @Nullable Path output;

    @Option(names = "--cluster", description = "A cluster file for 'serve' instead, in YAML.")
    private boolean cluster;

    @Option(names = "--force", description = "Replaces a file of that name.")
    private boolean force;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String chosen = format == null ? suffix() : format.toLowerCase(Locale.ROOT);
        if (!List.of("yaml", "json", SCHEMA).contains(chosen)) {
            terminal.say("--format: must be yaml, json or schema, but is '" + format + "'");
            return ExitCode.WRONG_USAGE;
        }
        if (cluster && chosen.equals(SCHEMA)) {
            terminal.say("--format: there is no schema of cluster files; take yaml");
            return ExitCode.WRONG_USAGE;
        }
        if (cluster && chosen.equals("json")) {
            terminal.say("--format: the cluster file is mostly comments, which JSON has none of; take yaml");
            return ExitCode.WRONG_USAGE;
        }
        if (!mode.equals("llm") && !mode.equals("hybrid")) {
            terminal.say("--mode: must be llm or hybrid, but is '" + mode + "'");
            return ExitCode.WRONG_USAGE;
        }
        String example = cluster
                ? ExampleCluster.yaml()
                : switch (chosen) {
                    case "json" -> ExampleConfig.json(mode);
                    case SCHEMA -> ExampleConfig.schema();
                    default -> ExampleConfig.yaml(mode);
                };
        if (output == null) {
            terminal.print(example);
            return ExitCode.DONE;
        }
        return write(output, example, chosen.equals(SCHEMA) ? "" : "; check it with 'sage-bench validate " + output + "' after changes");
    }

    private String suffix() {
        return output != null && output.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? "json" : "yaml";
    }

    private int write(Path file, String example, String next) {
        try {
            NewFile.write(file, example.getBytes(StandardCharsets.UTF_8), force);
            terminal.say("wrote " + file + next);
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException _) {
            terminal.say("--output: " + file + " is there already; give another name, or --force to replace it");
        } catch (IOException broken) {
            terminal.say("--output: cannot write " + BenchmarkRun.reason(broken));
        }
        return ExitCode.WRONG_USAGE;
    }
}
