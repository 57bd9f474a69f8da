package io.sagebench.cli;

import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.config.MockEngineChecked;
import io.sagebench.benchmark.config.MockEngineDraft;
import io.sagebench.benchmark.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs one simulated engine.
@Command(
        name = "mock-engine",
        description = {
            "Runs one simulated vLLM server, by an engine profile or by the latencies of llm-d-inference-sim's flags.",
        },
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Every flag can stand in --config FILE and in the environment as well (--max-num-seqs is SIM_MAX_NUM_SEQS);"
                    + " an option beats the environment, which beats the file.",
            "",
            "Example: sage-bench mock-engine --profile llama3-8b-a100 --port 8000",
            "         sage-bench mock-engine --time-to-first-token 200ms"
        })
final class MockEngineCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 1,
            description = "A YAML or JSON file whose keys are these options without their dashes.")
    private @Nullable Path config;

    private MockEngineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// The command with all its options.
    static CommandLine in(Surroundings surroundings) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new MockEngineCommand(surroundings));
        MockEngineOptions.addTo(spec);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() {
        var draft = new MockEngineDraft();
        MockEngineOptions.matched(spec.commandLine().getParseResult()).forEach(option -> draft.option(nameOf(option), option.stringValues()));
        draft.environment(surroundings.environment());
        if (config != null) {
            draft.file(config);
        }
        return switch (draft.check()) {
            case MockEngineChecked.Invalid(List<Problem> problems) -> {
                problems.forEach(problem -> surroundings.terminal().say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case MockEngineChecked.Valid(Serving.MockEngineConfig checked, List<String> notes) -> {
                notes.forEach(surroundings.terminal()::say);
                Serving serving = surroundings.serving();
                yield new ServerRun(surroundings).untilStopped(() -> serving.mockEngine(checked));
            }
        };
    }

    private static String nameOf(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }
}
