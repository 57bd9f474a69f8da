package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How it is measured.
final class MeasuringOptions {
    @Option(
            names = {"-w", "--warmup"},
            paramLabel = "N",
            description = "Requests before the measured ones, not counted. Default: 10.")
    private @Nullable String warmup;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "SECONDS",
            description = "Limit for a whole request. Default: 60.")
    private @Nullable String timeout;

    @Option(
            names = "--policy-param",
            paramLabel = "[POLICY.]NAME=VALUE",
            description = "A parameter of the policies that have it, or of that one; 'policies NAME' lists them. May be given several times.")
    private List<String> policyParameters = new ArrayList<>();

    @Option(names = "--no-streaming", description = "Asks for whole answers; then there is no TTFT.")
    private boolean noStreaming;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Everything random follows from it. Default: 42.")
    private @Nullable String seed;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "How often each policy is measured, in interleaved order. Default: 1.")
    private @Nullable String repeats;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "The pause before the next policy, once the server says that it is idle. Default: none, and 1s with a server that does"
                    + " not say.")
    private @Nullable String settle;

    @Option(
            names = "--cache-probe",
            description = "Sends a few prompts twice before each measured load, and reports their TTFT cold and warm.")
    private boolean cacheProbe;

    /// Hands over what was given.
    void giveTo(ConfigDraft draft) {
        draft.option(Setting.WARMUP_REQUESTS, "--warmup", warmup);
        draft.option(Setting.TIMEOUT_SECONDS, "--timeout", timeout);
        draft.option(Setting.ENABLE_STREAMING, "--no-streaming", noStreaming ? "false" : null);
        draft.option(Setting.SEED, "--seed", seed);
        draft.option(Setting.REPEATS, "--repeats", repeats);
        draft.option(Setting.SETTLE_SECONDS, "--settle", settle);
        draft.option(Setting.CACHE_PROBE, "--cache-probe", cacheProbe ? "true" : null);
        policyParameters.forEach(draft::policyParameter);
    }
}
