package io.sagebench.cli;

import io.sagebench.benchmark.MonitorConfig;
import io.sagebench.benchmark.RunFacts;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.dashboard.RunDashboard;
import io.sagebench.benchmark.engine.EngineBenchmark;
import io.sagebench.benchmark.engine.EngineDraft.Name;
import io.sagebench.benchmark.engine.EngineDraft;
import io.sagebench.benchmark.engine.EngineListener;
import io.sagebench.benchmark.engine.EngineSettings;
import io.sagebench.benchmark.engine.EngineTarget;
import io.sagebench.benchmark.engine.EngineTargets;
import io.sagebench.benchmark.engine.EngineWatching;
import io.sagebench.benchmark.engine.EngineWorkload;
import io.sagebench.benchmark.engine.HttpEngineRunner;
import io.sagebench.report.NewFile;
import io.sagebench.report.engine.EngineFiles;
import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.EngineTable;
import io.sagebench.report.visual.Form;
import io.sagebench.report.visual.VisualNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures one engine.
@Command(
        name = "run",
        description = "Runs workloads on one engine and writes their figures.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit code 1 when no request succeeded; single failures are counted, and change nothing of it.",
            "",
            "Example: sage-bench engine run --workload m1 --backend mock",
            "         sage-bench engine run --workload m1 --backend vllm --url http://gpu-box:8000 --mode batch"
        })
final class EngineRunCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--workload",
            paramLabel = "NAME,...",
            order = 0,
            description = "m1 (also year1: short, long and stress), short, long, stress, query (also all), Q1 to Q8, streaming, batch, mixed, year2,"
                    + " year3. Default: m1.")
    private @Nullable String workload;

    @Option(
            names = "--workload-file",
            paramLabel = "FILE",
            order = 1,
            description = "Workloads of your own, YAML or JSON; 'workload-template' writes an example.")
    private @Nullable String workloadFile;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            order = 2,
            description = "mock or cpu, which run in this process; vllm, sglang, lmdeploy, openai (any other) or sagellm (a control plane), with"
                    + " --url. Default: cpu.")
    private @Nullable String backend;

    @Option(names = "--url", paramLabel = "URL", order = 3, description = "The server, such as http://localhost:8000.")
    private @Nullable String url;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            order = 4,
            description = "cpu: a folder in Hugging Face's layout, or the name of a model. Servers: which of theirs. Default: the only one there is.")
    private @Nullable String model;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            order = 5,
            description = "Servers: the model's tokenizer.json, or the folder it is in. Default: the server's /tokenize, else four characters a token.")
    private @Nullable String tokenizer;

    @Option(names = "--api-key", paramLabel = "KEY", order = 5, description = "Sent as a bearer token; never printed or stored. Or SAGE_API_KEY.")
    private @Nullable String apiKey;

    @Option(
            names = "--mode",
            paramLabel = "traffic|batch",
            order = 6,
            description = "traffic: one after another or at once as the workload says, or by --rate. batch: everything at once. Default: traffic.")
    private @Nullable String mode;

    @Option(names = "--num-requests", paramLabel = "N", order = 7, description = "Requests of each workload, instead of its own number.")
    private @Nullable String requests;

    @Option(
            names = "--dataset",
            paramLabel = "NAME|FILE",
            order = 8,
            description = "Where prompts come from: default (the workload's own), synthetic, random, sharegpt, or a file (ShareGPT, JSONL, CSV).")
    private @Nullable String dataset;

    @Option(names = "--num-samples", paramLabel = "N", order = 9, description = "Requests of each workload with a dataset.")
    private @Nullable String samples;

    @Option(names = "--repeats", paramLabel = "N", order = 10, description = "How often each workload is measured, in interleaved order. Default: 1.")
    private @Nullable String repeats;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            order = 11,
            description = "Requests before each workload, not counted. Default: the workload's own number, usually 1.")
    private @Nullable String warmup;

    @Option(names = "--rate", paramLabel = "RATE", order = 12, description = "Requests per second, whatever becomes of those before.")
    private @Nullable String rate;

    @Option(
            names = "--arrival",
            paramLabel = "PATTERN",
            order = 13,
            description = "With --rate: poisson, uniform (also fixed), gamma or weibull. Or batch (also instant). Default: poisson.")
    private @Nullable String arrival;

    @Option(names = "--burstiness", paramLabel = "SHAPE", order = 14, description = "Of gamma and weibull: 1 is poisson, less is burstier. Default: 1.")
    private @Nullable String burstiness;

    @Option(names = "--concurrency", paramLabel = "N", order = 15, description = "So many callers, each of whom asks again when it has its answer.")
    private @Nullable String concurrency;

    @Option(names = "--duration", paramLabel = "TIME", order = 16, description = "The requests of so much time, instead of a number: 60s, 10m.")
    private @Nullable String duration;

    @Option(names = "--seed", paramLabel = "NUMBER", order = 17, description = "Everything random follows from it. Default: 42.")
    private @Nullable String seed;

    @Option(names = "--timeout", paramLabel = "TIME", order = 18, description = "Limit for a whole request. Default: 5m.")
    private @Nullable String timeout;

    @Option(
            names = "--endpoint",
            paramLabel = "completions|chat",
            order = 19,
            description = "completions sends prompts as they are; with chat, the model's template adds tokens. Default: completions.")
    private @Nullable String endpoint;

    @Option(names = "--no-streaming", order = 20, description = "Asks for whole answers; then there is no TTFT.")
    private boolean noStreaming;

    @Option(names = "--threads", paramLabel = "N", order = 21, description = "cpu: threads that compute a step.")
    private @Nullable String threads;

    @Option(names = "--mock-ttft-ms", paramLabel = "MS", order = 22, description = "mock: time to the first token. Default: 10.")
    private @Nullable String mockTtft;

    @Option(names = "--mock-tbt-ms", paramLabel = "MS", order = 23, description = "mock: time between tokens. Default: 5.")
    private @Nullable String mockTbt;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            order = 24,
            description = "mock: what goes wrong, such as error:503@20%%. May be given several times.")
    private List<String> faults = new ArrayList<>();

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", order = 25, description = "Where the files go. Default: ./benchmark_results.")
    private @Nullable String output;

    @Option(names = "--output-json", paramLabel = "FILE", order = 26, description = "Writes the figures of all workloads, by name, to this file too.")
    private @Nullable String outputJson;

    @Option(
            names = "--force",
            order = 27,
            description = "Replaces the files of an earlier run. Without it they are moved into a directory beside the new ones.")
    private boolean force;

    @Option(names = "--no-visualize", order = 27, description = "Makes no page and no charts of the results.")
    private boolean noVisualize;

    @Option(names = {"-v", "--verbose"}, order = 28, description = "Tells more on the way.")
    private boolean verbose;

    @Option(
            names = "--dashboard",
            arity = "0..1",
            fallbackValue = "" + RunDashboard.USUAL_PORT,
            paramLabel = "PORT",
            order = 29,
            description = "Shows the run live in a browser on this machine while it lasts; 0 is any port that is free. Without PORT: "
                    + RunDashboard.USUAL_PORT + ".")
    private @Nullable String dashboard;

    @ArgGroup(validate = false, order = 40, heading = "%nWhat is watched meanwhile:%n")
    private MonitorOptions monitor = new MonitorOptions();

    private MonitorConfig machines = MonitorConfig.NONE;

    EngineRunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var wrong = new ArrayList<Problem>();
        machines = monitor.checked(wrong);
        return switch (draft().check()) {
            case EngineDraft.Checked.Invalid(List<Problem> problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                wrong.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case EngineDraft.Checked.Valid(EngineSettings _) when !wrong.isEmpty() -> {
                wrong.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case EngineDraft.Checked.Valid(EngineSettings _) when dashboard != null && WatchedRun.port(dashboard).isEmpty() -> {
                terminal.say("--dashboard: " + WatchedRun.problem(dashboard));
                yield ExitCode.WRONG_USAGE;
            }
            case EngineDraft.Checked.Valid(EngineSettings settings) -> {
                settings.notes().forEach(terminal::say);
                var directory = new OutputDirectory(settings.output());
                Optional<String> problem = directory.problem();
                if (problem.isPresent()) {
                    terminal.say(problem.get());
                    yield ExitCode.WRONG_USAGE;
                }
                List<String> names = settings.workloads().stream().map(EngineWorkload::name).toList();
                var port = dashboard == null ? OptionalInt.empty() : WatchedRun.port(dashboard);
                int code = new WatchedRun(terminal, port, directory::undo)
                        .run(at -> RunDashboard.ofEngine(names, "Engine benchmark", at), false, watching -> run(settings, watching));
                undo(directory);
                yield code;
            }
        };
    }

    private EngineDraft draft() {
        var draft = new EngineDraft(surroundings.environment());
        put(draft, Name.WORKLOAD, workload);
        put(draft, Name.WORKLOAD_FILE, workloadFile);
        put(draft, Name.BACKEND, backend);
        put(draft, Name.URL, url);
        put(draft, Name.MODEL, model);
        put(draft, Name.TOKENIZER, tokenizer);
        put(draft, Name.API_KEY, apiKey);
        put(draft, Name.MODE, mode);
        put(draft, Name.NUM_REQUESTS, requests);
        put(draft, Name.DATASET, dataset);
        put(draft, Name.NUM_SAMPLES, samples);
        put(draft, Name.REPEATS, repeats);
        put(draft, Name.WARMUP, warmup);
        put(draft, Name.RATE, rate);
        put(draft, Name.ARRIVAL, arrival);
        put(draft, Name.BURSTINESS, burstiness);
        put(draft, Name.CONCURRENCY, concurrency);
        put(draft, Name.DURATION, duration);
        put(draft, Name.SEED, seed);
        put(draft, Name.TIMEOUT, timeout);
        put(draft, Name.ENDPOINT, endpoint);
        put(draft, Name.THREADS, threads);
        put(draft, Name.MOCK_TTFT_MS, mockTtft);
        put(draft, Name.MOCK_TBT_MS, mockTbt);
        put(draft, Name.OUTPUT, output);
        put(draft, Name.OUTPUT_JSON, outputJson);
        faults.forEach(draft::fault);
        if (noStreaming) {
            draft.wholeAnswers();
        }
        if (force) {
            draft.force();
        }
        return draft;
    }

    private static void put(EngineDraft draft, Name name, @Nullable String value) {
        if (value != null) {
            draft.option(name, value);
        }
    }

    private int run(EngineSettings settings, Optional<RunDashboard> dashboard) {
        Terminal terminal = surroundings.terminal();
        var stop = new StopSignal();
        var targets = new EngineTargets(surroundings.serving(), surroundings.cpuModels(), failure -> {
            terminal.say("the engine in this process has failed; please report this: " + failure);
            stop.request();
        });
        try (Interrupts.Guard _ = surroundings.interrupts().during(() -> interrupted(stop))) {
            return switch (targets.open(settings.choice())) {
                case EngineTargets.Opening.Failed(String message) -> {
                    terminal.say(message);
                    yield ExitCode.COULD_NOT_RUN;
                }
                case EngineTargets.Opening.Opened(EngineTarget target) -> {
                    try (target;
                            var watching = EngineWatching.open(machines, target, settings.output(), settings.options().seed())) {
                        yield watched(settings, target, watching, stop, dashboard);
                    }
                }
            };
        } catch (IOException broken) {
            terminal.say("the results could not be written: " + BenchmarkRun.reason(broken));
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private int watched(
            EngineSettings settings, EngineTarget target, EngineWatching watching, StopSignal stop, Optional<RunDashboard> dashboard)
            throws IOException {
        Optional<String> failure = watching.failure();
        failure.ifPresent(surroundings.terminal()::say);
        watching.notes().forEach(surroundings.terminal()::say);
        return failure.isPresent() ? ExitCode.COULD_NOT_RUN : measure(settings, target, watching, stop, dashboard);
    }

    /// When nothing was written into it.
    private static void undo(OutputDirectory directory) {
        try {
            directory.undo();
        } catch (IOException _) {
            // an empty directory stays behind
        }
    }

    private void interrupted(StopSignal stop) {
        surroundings.terminal().say(System.lineSeparator() + "Stopping; workloads that have been measured are kept.");
        stop.request();
    }

    private int measure(
            EngineSettings settings, EngineTarget target, EngineWatching watching, StopSignal stop, Optional<RunDashboard> watched)
            throws IOException {
        Terminal terminal = surroundings.terminal();
        Instant startedAt = surroundings.clock().instant();
        var workloads = settings.workloads().stream().map(EngineWorkload::name).toList();
        var files = new EngineFiles(settings.output(), settings.force(), workloads);
        int runs = settings.workloads().size() * settings.repeats();
        var extent = new EngineProgress.Extent(runs, settings.repeats(), settings.options().duration().isPresent());
        try (var progress = new EngineProgress(terminal, extent, verbose, System::nanoTime)) {
            EngineListener listener = watched.map(each -> progress.and(each.engineListener(runs, settings.repeats()))).orElse(progress);
            listener.targetReady(target);
            var benchmark = new EngineBenchmark(
                    settings,
                    new HttpEngineRunner(settings.source(), listener, watching),
                    files,
                    surroundings.tool(),
                    RunFacts.of(settings.options().seed(), startedAt, surroundings.arguments(), false),
                    Optional.of(watching));
            Optional<EngineSummary> measured = benchmark.run(target, stop);
            progress.end();
            if (measured.isEmpty()) {
                terminal.say("stopped before any workload had been measured");
                return ExitCode.INTERRUPTED;
            }
            EngineSummary summary = measured.get();
            terminal.print(new EngineTable(summary, terminal.results()).text());
            if (settings.outputJson().isPresent()) {
                further(settings.outputJson().get(), summary);
            }
            written(files, settings);
            Path directory = files.directory();
            var names = new VisualNames(
                    directory.resolve(EngineFiles.PAGE), directory.resolve(EngineFiles.REPORT), directory.resolve(EngineFiles.CHARTS));
            return new VisualsAfterwards(surroundings, !noVisualize, true)
                    .make(directory.resolve(EngineFiles.SUMMARY), names, EnumSet.of(Form.CHARTS, Form.HTML), exitCode(benchmark.interrupted(), summary));
        }
    }

    private int exitCode(boolean interrupted, EngineSummary summary) {
        if (interrupted) {
            surroundings.terminal().printLine("Interrupted: the figures are of the workloads that had been measured until then.");
            return ExitCode.INTERRUPTED;
        }
        if (summary.successfulRequests() == 0) {
            surroundings.terminal().say("No request succeeded: all " + summary.totalRequests() + " failed. The notes say how.");
            return ExitCode.MISSED;
        }
        return ExitCode.DONE;
    }

    private static void further(Path file, EngineSummary summary) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        NewFile.write(file, EngineJson.textByName(summary.workloads()).getBytes(StandardCharsets.UTF_8), true);
    }

    private void written(EngineFiles files, EngineSettings settings) {
        Terminal terminal = surroundings.terminal();
        terminal.printLine("");
        terminal.printLine("Results: " + files.directory().resolve(EngineFiles.SUMMARY));
        terminal.printLine("Report:  " + files.directory().resolve(EngineFiles.REPORT));
        settings.outputJson().ifPresent(file -> terminal.printLine("JSON:    " + file));
        files.earlier().ifPresent(place -> terminal.printLine("Earlier: " + place + " (the files that were there before)"));
    }
}
