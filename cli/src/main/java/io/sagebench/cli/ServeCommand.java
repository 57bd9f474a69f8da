package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.Serving.Engines;
import io.sagebench.benchmark.config.ClusterDraft;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.policy.Policies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "Example: sage-bench serve --config cluster.yaml",
            "         sage-bench serve --engines http://gpu1:8000,http://gpu2:8000",
            "         sage-bench serve --simulated 3xllama3-8b-a100,1xbge-m3-a100 -p hybrid"
        })
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A cluster file: engines, limits, TLS and the rest; 'config --cluster' prints an example.")
    private @Nullable Path config;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Default: 127.0.0.1.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "0 for any. Default: 8080.")
    private @Nullable String port;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "Moves the admin endpoints to a port of their own. Default: they are on --port.")
    private @Nullable String adminPort;

    @Option(
            names = "--admin-token-env",
            paramLabel = "NAME",
            description = "The environment variable with the token that opens the admin endpoints to others than this machine.")
    private @Nullable String adminTokenEnv;

    @Option(names = "--engines", paramLabel = "URL,URL", description = "OpenAI-compatible servers: vLLM, SGLang, LMDeploy.")
    private @Nullable String engines;

    @Option(
            names = "--simulated",
            paramLabel = "NxPROFILE,...",
            description = "Simulated engines in this process. Default, without --engines and --config: "
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
            completionCandidates = PolicyNames.class,
            description = "In force at the start; POST /admin/set_policy switches. Default: fifo.")
    private @Nullable String policy;

    @Option(
            names = "--policy-param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the policy; may be given several times.")
    private List<String> policyParameters = new ArrayList<>();

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
        var draft = new ClusterDraft(Policies.installed(), surroundings.environment());
        give(draft, "host", "--host", host);
        give(draft, "port", "--port", port);
        give(draft, "admin.port", "--admin-port", adminPort);
        give(draft, "admin.token_env", "--admin-token-env", adminTokenEnv);
        if (policy != null) {
            draft.policy(policy);
        }
        policyParameters.forEach(draft::policyParameter);
        return switch (config == null ? withoutFile(draft) : withFile(draft, config)) {
            case ClusterDraft.Checked.Invalid(List<Problem> problems) -> {
                problems.forEach(problem -> surroundings.terminal().say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case ClusterDraft.Checked.Valid(Serving.ControlPlaneServerConfig checked, List<String> notes) -> {
                notes.forEach(surroundings.terminal()::say);
                Serving serving = surroundings.serving();
                yield new ServerRun(surroundings).untilStopped(() -> serving.controlPlane(checked));
            }
        };
    }

    private ClusterDraft.Checked withFile(ClusterDraft draft, Path file) {
        refuseBeside(draft, "--engines", engines);
        refuseBeside(draft, "--simulated", simulated);
        refuseBeside(draft, "--api-key", apiKey);
        draft.file(file);
        var texts = new ServerTexts();
        FaultPlan plan = texts.faults("--faults", faults);
        texts.problems().forEach(draft::problem);
        return draft.check(Optional.empty(), Optional.empty(), plan);
    }

    private ClusterDraft.Checked withoutFile(ClusterDraft draft) {
        var texts = new ServerTexts();
        Optional<Engines> checkedEngines = texts.engines(engines, simulated);
        FaultPlan checkedFaults = texts.faults("--faults", faults);
        checkedEngines.ifPresent(there -> texts.faultsFit("--faults", checkedFaults, there));
        Optional<ApiKey> key = texts.apiKey(apiKey, surroundings.environment());
        texts.problems().forEach(draft::problem);
        return draft.check(checkedEngines.or(() -> Optional.of(ServerTexts.USUAL)), key, checkedFaults);
    }

    private static void refuseBeside(ClusterDraft draft, String option, @Nullable String value) {
        if (value != null) {
            draft.problem(new Problem(option, "cannot be given together with --config, which says it for each engine; leave one of them out"));
        }
    }

    private static void give(ClusterDraft draft, String key, String option, @Nullable String value) {
        if (value != null) {
            draft.option(key, option, value);
        }
    }
}
