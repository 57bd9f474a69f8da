package io.sagebench.cli;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options that the commands that measure share. All values are taken as text and checked together, so that all mistakes are told at once.
final class LoadOptions {
    @ArgGroup(validate = false, order = 10, heading = "%nWhat is measured:%n")
    private TargetOptions target = new TargetOptions();

    @ArgGroup(validate = false, order = 20, heading = "%nThe load:%n")
    private TrafficOptions traffic = new TrafficOptions();

    @ArgGroup(validate = false, order = 25, heading = "%nWhen requests come:%n")
    private ArrivalOptions arrivals = new ArrivalOptions();

    @ArgGroup(validate = false, order = 30, heading = "%nThe measurement:%n")
    private MeasuringOptions measuring = new MeasuringOptions();

    @ArgGroup(validate = false, order = 40, heading = "%nResults and messages:%n")
    private ResultOptions results = new ResultOptions();

    static final class TargetOptions {
        @Option(
                names = {"-c", "--control-plane"},
                paramLabel = "URL|embedded",
                description = {
                    "Exactly that server, or 'embedded': the control plane that ships, with simulated engines,"
                            + " over real HTTP in this process.",
                    "Default: http://localhost:8080 if a control plane answers there, else embedded."
                })
        private @Nullable String controlPlane;

        @Option(names = "--simulate", description = "In virtual time, without sockets: minutes of load take seconds.")
        private boolean simulate;

        @Option(
                names = "--instances",
                paramLabel = "N",
                description = "How many simulated engines. Default: " + DefaultFleet.INSTANCES + ".")
        private @Nullable String instances;

        @Option(
                names = "--engine-profile",
                paramLabel = "NAME|FILE",
                description = "What each of them is; 'profiles' lists some. Default: " + DefaultFleet.PROFILE + ".")
        private @Nullable String engineProfile;

        @Option(
                names = "--simulated",
                paramLabel = "NxPROFILE,...",
                description = {
                    "Simulated engines of several kinds instead: 1xllama3-8b-h100,2xllama3-8b-a100.",
                    "2xmarket-a100 are cards that change between models; ask for some with --models."
                })
        private @Nullable String simulated;

        @Option(
                names = "--max-num-seqs",
                paramLabel = "N",
                description = "The most requests each runs at once. Default: " + DefaultFleet.MAX_NUM_SEQS
                        + " with the default profile.")
        private @Nullable String maxNumSeqs;

        @Option(
                names = "--faults",
                paramLabel = "FAULT,...",
                description = {
                    "What goes wrong in them: error:503@2%%, hang@1%%, slow:3x@5%%, crash:at=30s,for=10s ...",
                    "docs/reference/faults.md has all of it."
                })
        private @Nullable String faults;

        @Option(
                names = "--api-key",
                paramLabel = "KEY",
                description = "Sent as a bearer token; never printed or stored. Better: set SAGE_API_KEY.")
        private @Nullable String apiKey;

        @Option(
                names = "--ca-file",
                paramLabel = "PEM",
                description = "Certificates of the authorities to believe at an https URL instead of those that Java knows; or SAGE_CA_FILE.")
        private @Nullable String caFile;
    }

    static final class TrafficOptions {
        @Option(
                names = {"-m", "--mode"},
                paramLabel = "llm|hybrid",
                description = "hybrid sends texts to embed and prompts to complete beside chats. Default: llm.")
        private @Nullable String mode;

        @Option(
                names = "--llm-ratio",
                paramLabel = "SHARE",
                description = "In hybrid mode, the share of prompts from 0 to 1; the others are texts to embed. Default: 0.7.")
        private @Nullable String llmRatio;

        @Option(
                names = "--embedding-model",
                paramLabel = "NAME",
                description = "In hybrid mode. Default: BAAI/bge-m3.")
        private @Nullable String embeddingModel;

        @Option(
                names = "--embedding-batch-sizes",
                paramLabel = "N,...",
                description = "In hybrid mode, how many texts a request brings: one of these. Default: 1,4,8,16,32.")
        private @Nullable String embeddingBatchSizes;

        @Option(
                names = "--workload",
                paramLabel = "NAME|FILE",
                description = "A named workload ('workload list'), or a file of one; other options win over what it says.")
        private @Nullable String workload;

        @Option(
                names = "--dataset",
                paramLabel = "NAME|FILE",
                description = "Sends these prompts: llm_prompts, or a file (JSONL, ShareGPT, CSV). Default: made up to --prompt-len.")
        private @Nullable String dataset;

        @Option(
                names = "--embedding-dataset",
                paramLabel = "NAME|FILE",
                description = "In hybrid mode, sends these texts to embed: embed_texts, or a file. Default: made up.")
        private @Nullable String embeddingDataset;

        @Option(
                names = "--tokenizer",
                paramLabel = "PATH",
                description = "The model's tokenizer.json, or the folder with it: made-up prompts then have exactly the asked tokens,"
                        + " and answers without usage are counted.")
        private @Nullable String tokenizer;

        @Option(
                names = {"-n", "--requests"},
                paramLabel = "N",
                description = "Requests for each policy. Default: 100, or all of the trace or the ramp.")
        private @Nullable String requests;

        @Option(
                names = {"-r", "--rate"},
                paramLabel = "RATE",
                description = "Requests per second. Default: 10.")
        private @Nullable String rate;

        @Option(
                names = "--models",
                paramLabel = "NAME=SHARE,...",
                description = "Which models are asked for. Default: any the server has.")
        private @Nullable String models;

        @Option(
                names = "--priorities",
                paramLabel = "NAME=SHARE,...",
                description = "Default: HIGH=0.2,NORMAL=0.6,LOW=0.2; there are CRITICAL and BACKGROUND too.")
        private @Nullable String priorities;

        @Option(
                names = "--slo",
                paramLabel = "NAME=MS,...",
                description = "Deadlines by priority, in milliseconds; TTFT and TPOT, and EMBEDDING_HIGH and so on for texts to embed."
                        + " Default: HIGH=500,NORMAL=1000,LOW=2000, and for texts 100, 200, 500.")
        private @Nullable String slo;

        @Option(
                names = "--prompt-len",
                paramLabel = "MIN-MAX",
                description = "Prompt lengths in tokens. Default: 50-500.")
        private @Nullable String promptLength;

        @Option(
                names = "--output-len",
                paramLabel = "MIN-MAX",
                description = "Answer lengths in tokens. Default: 50-200.")
        private @Nullable String outputLength;
    }

    /// When requests come.
    static final class ArrivalOptions {
        @Option(
                names = "--duration",
                paramLabel = "TIME",
                description = "The requests of so much time: 60s, 10m; of a trace, as it was recorded. With --requests, whichever ends first.")
        private @Nullable String duration;

        @Option(
                names = "--arrival",
                paramLabel = "PATTERN",
                description = "poisson, uniform, gamma, weibull, burst, onoff, wave, or batch: all at once. Default: poisson."
                        + " 'workload show --arrivals' draws them.")
        private @Nullable String arrival;

        @Option(
                names = "--burstiness",
                paramLabel = "SHAPE",
                description = "Of gamma and weibull: 1 is poisson, less is burstier, more is more even. Default: 0.5.")
        private @Nullable String burstiness;

        @Option(
                names = "--burst-size",
                paramLabel = "N",
                description = "Of burst: requests at once. Default: half of those of an interval.")
        private @Nullable String burstSize;

        @Option(
                names = "--burst-interval",
                paramLabel = "TIME",
                description = "Of burst: from one to the next. Default: 10s.")
        private @Nullable String burstInterval;

        @Option(names = "--on-time", paramLabel = "TIME", description = "Of onoff: how long requests come, on average. Default: 5s.")
        private @Nullable String onTime;

        @Option(names = "--off-time", paramLabel = "TIME", description = "Of onoff: how long they pause, on average. Default: 15s.")
        private @Nullable String offTime;

        @Option(
                names = "--off-rate-share",
                paramLabel = "SHARE",
                description = "Of onoff: the rate in a pause as a share of --rate, from 0 to 1. Default: 0.")
        private @Nullable String offRateShare;

        @Option(
                names = "--wave-amplitude",
                paramLabel = "SHARE",
                description = "Of wave: how far the rate swings, as a share of --rate from 0 to 1. Default: 0.5.")
        private @Nullable String waveAmplitude;

        @Option(names = "--wave-period", paramLabel = "TIME", description = "Of wave: from crest to crest. Default: 60s.")
        private @Nullable String wavePeriod;

        @Option(
                names = "--ramp",
                paramLabel = "FROM:TO@TIME,...",
                description = "A rate that changes with time, instead of --rate: 10:100@60s, or 10@1m,10:50@5m,50@1m.")
        private @Nullable String ramp;

        @Option(
                names = "--trace",
                paramLabel = "FILE",
                description = "Replays the times and lengths, and common prefixes where it has them, of a trace: Azure, BurstGPT, Mooncake,"
                        + " Qwen-Bailian, vLLM, or a plan.")
        private @Nullable String trace;

        @Option(names = "--speed", paramLabel = "FACTOR", description = "How many times as fast the trace is replayed. Default: 1.")
        private @Nullable String speed;

        @Option(
                names = "--turns",
                paramLabel = "MIN-MAX",
                description = "Conversations of so many requests each, with all that was said before; --requests and --rate count conversations.")
        private @Nullable String turns;

        @Option(
                names = "--think-time",
                paramLabel = "TIME",
                description = "With --turns: from an answer to the next request, on average. Default: 5s.")
        private @Nullable String thinkTime;

        @Option(
                names = "--concurrency",
                paramLabel = "N",
                description = "A closed loop instead: N callers, each of whom asks again when an answer has ended."
                        + " A slow server is asked less, which hides what its users would wait.")
        private @Nullable String concurrency;

        @Option(
                names = "--max-in-flight",
                paramLabel = "N",
                description = "Holds requests back while N are in flight. Their latency counts from when they should have left."
                        + " Default: no limit.")
        private @Nullable String maxInFlight;

        private void addTo(Map<Setting, Given> given) {
            add(given, Setting.DURATION, "--duration", duration);
            add(given, Setting.ARRIVAL_PATTERN, "--arrival", arrival);
            add(given, Setting.BURSTINESS, "--burstiness", burstiness);
            add(given, Setting.BURST_SIZE, "--burst-size", burstSize);
            add(given, Setting.BURST_INTERVAL, "--burst-interval", burstInterval);
            add(given, Setting.ON_SECONDS, "--on-time", onTime);
            add(given, Setting.OFF_SECONDS, "--off-time", offTime);
            add(given, Setting.OFF_RATE_SHARE, "--off-rate-share", offRateShare);
            add(given, Setting.WAVE_AMPLITUDE, "--wave-amplitude", waveAmplitude);
            add(given, Setting.WAVE_PERIOD_SECONDS, "--wave-period", wavePeriod);
            add(given, Setting.RAMP, "--ramp", ramp);
            add(given, Setting.TURNS, "--turns", turns);
            add(given, Setting.THINK_TIME_SECONDS, "--think-time", thinkTime);
            add(given, Setting.TRACE, "--trace", trace);
            add(given, Setting.TRACE_SPEED, "--speed", speed);
            add(given, Setting.CONCURRENCY, "--concurrency", concurrency);
            add(given, Setting.MAX_IN_FLIGHT, "--max-in-flight", maxInFlight);
        }
    }

    static final class MeasuringOptions {
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
    }

    static final class ResultOptions {
        @Option(
                names = "--fail-on",
                paramLabel = "LIMIT,...",
                description = "Ends with exit code 1 when any policy is beyond a limit: slo<0.95, error_rate>1%%, p99_ttft>500ms, p99_e2e>2s,"
                        + " throughput<80, goodput<75.")
        private @Nullable String failOn;

        @Option(names = "--no-visualize", description = "Draws no charts. So far there are none, and it changes nothing.")
        @SuppressWarnings("unused") // documented: commands that say it must work
        private boolean noVisualize;

        @Option(
                names = "--continue-on-error",
                description = "A policy that cannot be put in force is left out, and a server that says it is not well is measured all the same.")
        private boolean continueOnError;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "DIR|FILE.json",
                description = "Where the files go. Default: ./benchmark_results.")
        private @Nullable String output;

        @Option(
                names = "--save-format",
                paramLabel = "TOOL,...",
                description = "Writes the results in that tool's file layout too: vllm, sglang or guidellm.")
        private @Nullable String saveFormat;

        @Option(names = "--force", description = "Replaces files of the same name.")
        private boolean force;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "A YAML or JSON file of settings; options and environment win over it.")
        private @Nullable Path config;

        @Option(
                names = {"-q", "--quiet"},
                description = "No progress; the results are still printed.")
        private boolean quiet;
    }

    /// What was given as the rate.
    Optional<String> rate() {
        return Optional.ofNullable(traffic.rate);
    }

    boolean quiet() {
        return results.quiet;
    }

    @Nullable String saveFormat() {
        return results.saveFormat;
    }

    boolean force() {
        return results.force;
    }

    /// Puts options, environment and file together, in the order in which they count.
    void fill(ConfigDraft draft, Map<String, String> environment) {
        given().forEach((setting, option) -> draft.option(setting, option.name, option.value));
        if (traffic.slo != null) {
            draft.deadlines("--slo", traffic.slo);
        }
        if (target.apiKey != null) {
            draft.apiKey(target.apiKey);
        }
        measuring.policyParameters.forEach(draft::policyParameter);
        draft.environment(environment);
        if (results.config != null) {
            draft.file(results.config);
        }
    }

    private record Given(String name, String value) {}

    private Map<Setting, Given> given() {
        var given = new LinkedHashMap<Setting, Given>();
        add(given, Setting.CONTROL_PLANE_URL, "--control-plane", target.controlPlane);
        add(given, Setting.CA_FILE, "--ca-file", target.caFile);
        add(given, Setting.SIMULATE, "--simulate", target.simulate ? "true" : null);
        add(given, Setting.INSTANCES, "--instances", target.instances);
        add(given, Setting.ENGINE_PROFILE, "--engine-profile", target.engineProfile);
        add(given, Setting.SIMULATED, "--simulated", target.simulated);
        add(given, Setting.MAX_NUM_SEQS, "--max-num-seqs", target.maxNumSeqs);
        add(given, Setting.FAULTS, "--faults", target.faults);
        add(given, Setting.MODE, "--mode", traffic.mode);
        add(given, Setting.LLM_RATIO, "--llm-ratio", traffic.llmRatio);
        add(given, Setting.EMBEDDING_MODEL, "--embedding-model", traffic.embeddingModel);
        add(given, Setting.EMBEDDING_BATCH_SIZES, "--embedding-batch-sizes", traffic.embeddingBatchSizes);
        add(given, Setting.WORKLOAD, "--workload", traffic.workload);
        add(given, Setting.DATASET, "--dataset", traffic.dataset);
        add(given, Setting.EMBEDDING_DATASET, "--embedding-dataset", traffic.embeddingDataset);
        add(given, Setting.TOKENIZER, "--tokenizer", traffic.tokenizer);
        add(given, Setting.NUM_REQUESTS, "--requests", traffic.requests);
        add(given, Setting.REQUEST_RATE, "--rate", traffic.rate);
        arrivals.addTo(given);
        add(given, Setting.MODEL_DISTRIBUTION, "--models", traffic.models);
        add(given, Setting.PRIORITY_DISTRIBUTION, "--priorities", traffic.priorities);
        add(given, Setting.PROMPT_LEN_RANGE, "--prompt-len", traffic.promptLength);
        add(given, Setting.OUTPUT_LEN_RANGE, "--output-len", traffic.outputLength);
        add(given, Setting.WARMUP_REQUESTS, "--warmup", measuring.warmup);
        add(given, Setting.TIMEOUT_SECONDS, "--timeout", measuring.timeout);
        add(given, Setting.ENABLE_STREAMING, "--no-streaming", measuring.noStreaming ? "false" : null);
        add(given, Setting.SEED, "--seed", measuring.seed);
        add(given, Setting.REPEATS, "--repeats", measuring.repeats);
        add(given, Setting.SETTLE_SECONDS, "--settle", measuring.settle);
        add(given, Setting.CACHE_PROBE, "--cache-probe", measuring.cacheProbe ? "true" : null);
        add(given, Setting.FAIL_ON, "--fail-on", results.failOn);
        add(given, Setting.CONTINUE_ON_ERROR, "--continue-on-error", results.continueOnError ? "true" : null);
        add(given, Setting.OUTPUT_DIR, "--output", results.output);
        return given;
    }

    private static void add(Map<Setting, Given> given, Setting setting, String name, @Nullable String value) {
        if (value != null) {
            given.put(setting, new Given(name, value));
        }
    }
}
