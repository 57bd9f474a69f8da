package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.Serving.ControlPlaneServerConfig;
import io.sagebench.benchmark.Serving.Engines;
import io.sagebench.benchmark.config.PolicyChoice;
import io.sagebench.engine.fault.FaultPlan;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the control plane that ships.
@Command(
        name = "serve",
        description = "Runs the control plane, in front of real or simulated engines.",
        footer = {
            "",
            "Example: sage-bench serve --engines http://gpu1:8000,http://gpu2:8000",
            "         sage-bench serve --simulated 3xllama3-8b-a100,1xbge-m3-a100 --policy hybrid"
        })
final class ServeCommand implements Callable<Integer> {
    private static final long SEED = 42;

    private final Surroundings surroundings;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "0 for any. Default: ${DEFAULT-VALUE}.")
    private String port = "";

    @Option(names = "--engines", paramLabel = "URL,URL", description = "OpenAI-compatible servers: vLLM, SGLang, LMDeploy.")
    private @Nullable String engines;

    @Option(
            names = "--simulated",
            paramLabel = "NxPROFILE,...",
            description = "Simulated engines in this process. Default, without --engines: "
                    + DefaultFleet.INSTANCES + "x" + DefaultFleet.PROFILE + ".")
    private @Nullable String simulated;

    @Option(
            names = "--faults",
            paramLabel = "FAULT,...",
            description = "What goes wrong in simulated engines: error:503@2%%, crash:at=30s,for=10s ...")
    private @Nullable String faults;

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "NAME",
            defaultValue = "fifo",
            description = "In force at the start; POST /admin/set_policy switches. Default: ${DEFAULT-VALUE}.")
    private String policy = "";

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Sent to --engines as a bearer token. Better: set SAGE_API_KEY.")
    private @Nullable String apiKey;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var texts = new ServerTexts();
        int checkedPort = texts.port("--port", port);
        Optional<Engines> checkedEngines = texts.engines(engines, simulated);
        FaultPlan checkedFaults = texts.faults("--faults", faults);
        checkedEngines.ifPresent(there -> texts.faultsFit("--faults", checkedFaults, there));
        var names = surroundings.policyNames();
        if (!names.contains(policy)) {
            texts.problem("--policy", PolicyChoice.unknown(policy, names));
        }
        Optional<ApiKey> key = texts.apiKey(apiKey, surroundings.environment());
        if (checkedEngines.isEmpty() || !texts.problems().isEmpty()) {
            texts.problems().forEach(problem -> surroundings.terminal().say(problem.toString()));
            return ExitCode.WRONG_USAGE;
        }
        Serving serving = surroundings.serving();
        return new ServerRun(surroundings)
                .untilStopped(() -> serving.controlPlane(new ControlPlaneServerConfig(
                        host, checkedPort, policy, checkedEngines.get(), key, checkedFaults, SEED)));
    }
}
