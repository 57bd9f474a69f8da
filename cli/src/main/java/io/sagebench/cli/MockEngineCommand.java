package io.sagebench.cli;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs one simulated engine.
@Command(
        name = "mock-engine",
        description = "Runs one simulated vLLM server.",
        footer = {"", "Example: sage-bench mock-engine --profile llama3-8b-a100 --port 8000"})
final class MockEngineCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8000", description = "0 for any. Default: ${DEFAULT-VALUE}.")
    private String port = "";

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = DefaultFleet.PROFILE,
            description = "Which model on which GPU. Default: ${DEFAULT-VALUE}.")
    private String profile = "";

    @Option(names = "--model", paramLabel = "NAME", description = "The model name it serves. Default: the profile's.")
    private @Nullable String model;

    @Option(
            names = "--max-num-seqs",
            paramLabel = "N",
            description = "The most requests it runs at once. Default: the profile's.")
    private @Nullable String maxNumSeqs;

    MockEngineCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var texts = new ServerTexts();
        int checkedPort = texts.port("--port", port);
        texts.profile("--profile", profile);
        Optional<Integer> most = texts.count("--max-num-seqs", maxNumSeqs);
        if (!texts.problems().isEmpty()) {
            texts.problems().forEach(problem -> surroundings.terminal().say(problem.toString()));
            return ExitCode.WRONG_USAGE;
        }
        Serving serving = surroundings.serving();
        return new ServerRun(surroundings)
                .untilStopped(() -> serving.mockEngine(
                        new MockEngineConfig(host, checkedPort, profile, Optional.ofNullable(model), most)));
    }
}
