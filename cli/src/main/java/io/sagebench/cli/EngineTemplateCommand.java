package io.sagebench.cli;

import io.sagebench.report.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes an example of a workload file.
@Command(
        name = "workload-template",
        description = "Writes an example of a file of workloads, for 'engine run --workload-file'.",
        sortOptions = false,
        abbreviateSynopsis = true)
final class EngineTemplateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", order = 0, description = "Default: workloads_template.json, or .yaml.")
    private @Nullable Path output;

    @Option(names = "--format", paramLabel = "json|yaml", order = 1, description = "Default: as --output ends, else json.")
    private @Nullable String format;

    @Option(names = "--force", order = 2, description = "Replaces a file of that name.")
    private boolean force;

    EngineTemplateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        String form = format == null ? formOf(output) : format;
        if (!form.equals("json") && !form.equals("yaml")) {
            terminal.say("--format: must be json or yaml, but is '" + form + "'");
            return ExitCode.WRONG_USAGE;
        }
        Path file = output == null ? Path.of("workloads_template." + form) : output;
        try {
            NewFile.write(file, template(form), force);
        } catch (FileAlreadyExistsException _) {
            terminal.say("--output: " + file + " is there already; give another name, or --force to replace it");
            return ExitCode.WRONG_USAGE;
        } catch (IOException broken) {
            terminal.say("--output: " + BenchmarkRun.reason(broken));
            return ExitCode.WRONG_USAGE;
        }
        terminal.printLine("Written: " + file);
        terminal.printLine("Run it:  sage-bench engine run --backend mock --workload-file " + file);
        return ExitCode.DONE;
    }

    private static String formOf(@Nullable Path file) {
        String name = file == null ? "" : file.toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") ? "yaml" : "json";
    }

    private static byte[] template(String form) {
        try (InputStream in = EngineTemplateCommand.class.getResourceAsStream("engine-workloads." + form)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its template");
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
