package io.sagebench.cli;

import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.benchmark.config.CpuServingDraft;
import io.sagebench.benchmark.config.MockEngineChecked;
import io.sagebench.benchmark.config.MockEngineDraft;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.engine.CpuServing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Puts a backend of this machine behind an OpenAI-compatible port.
@Command(
        name = "serve",
        description = {
            "Puts a backend behind an OpenAI-compatible port: a real model that is computed on this machine, or a mock.",
        },
        sortOptions = false,
        footer = {
            "",
            "The tiny model that ships has random weights: what it says means nothing, what it costs to compute is real.",
            "",
            "Example: sage-bench engine serve --backend cpu --port 8000",
            "         sage-bench engine serve --backend cpu --model ~/models/Qwen2.5-0.5B --threads 4",
            "         sage-bench serve --engines http://127.0.0.1:8000"
        })
final class EngineServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    /// What can be served here.
    enum Backend {
        cpu,
        mock
    }

    @Option(names = "--backend", paramLabel = "cpu|mock", description = "What computes the answers. Default: cpu.")
    private Backend backend = Backend.cpu;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "cpu: a folder in Hugging Face's layout with ONNX files, or sage-tiny or sage-tiny-embed, which ship."
                    + " mock: the name it answers to. Default: sage-tiny.")
    private @Nullable String model;

    @Option(names = "--served-model-name", paramLabel = "NAME,...", description = "Names it answers to instead of its own.")
    private @Nullable String servedNames;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Default: 127.0.0.1.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "0 for any. Default: 8000.")
    private @Nullable String port;

    @Option(names = "--threads", paramLabel = "N", description = "cpu: threads that compute a step. Default: 1.")
    private @Nullable String threads;

    @Option(names = "--max-num-seqs", paramLabel = "N", description = "The most requests computed at a time. Default: 8; mock: its own.")
    private @Nullable String sequences;

    @Option(
            names = "--max-model-len",
            paramLabel = "TOKENS",
            description = "The most tokens of prompt and answer together. Default: what the model has.")
    private @Nullable String length;

    @Option(names = "--mock-ttft-ms", paramLabel = "MS", description = "mock: time to the first token. Default: 10.")
    private @Nullable String mockTtft;

    @Option(names = "--mock-tbt-ms", paramLabel = "MS", description = "mock: time between tokens. Default: 5.")
    private @Nullable String mockTbt;

    EngineServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Problem> idle = withoutEffect();
        if (!idle.isEmpty()) {
            return refuse(idle);
        }
        return switch (backend) {
            case cpu -> cpu();
            case mock -> mock();
        };
    }

    /// Options of the other backend.
    private List<Problem> withoutEffect() {
        var others = new LinkedHashMap<String, String>();
        if (backend == Backend.mock) {
            put(others, "--threads", threads);
        } else {
            put(others, "--mock-ttft-ms", mockTtft);
            put(others, "--mock-tbt-ms", mockTbt);
        }
        return others.keySet().stream().map(name -> new Problem(name, "has no effect with --backend " + backend)).toList();
    }

    private int cpu() {
        var draft = new CpuServingDraft();
        shared().forEach(draft::option);
        if (threads != null) {
            draft.option("threads", threads);
        }
        return switch (draft.check()) {
            case CpuServingDraft.Checked.Invalid(List<Problem> problems) -> refuse(problems);
            case CpuServingDraft.Checked.Valid(CpuServing.Config config) ->
                new ServerRun(surroundings).untilStopped(() -> surroundings.serving().cpuEngine(config));
        };
    }

    private int mock() {
        var draft = new MockEngineDraft();
        shared().forEach((name, value) -> draft.option(name, List.of(value)));
        draft.option("time-to-first-token", List.of(mockTtft == null ? "10" : mockTtft));
        draft.option("inter-token-latency", List.of(mockTbt == null ? "5" : mockTbt));
        draft.option("output-lengths", List.of("full"));
        return switch (draft.check()) {
            case MockEngineChecked.Invalid(List<Problem> problems) -> refuse(problems);
            case MockEngineChecked.Valid(MockEngineConfig config, List<String> notes) -> {
                notes.forEach(surroundings.terminal()::say);
                yield new ServerRun(surroundings).untilStopped(() -> surroundings.serving().mockEngine(config));
            }
        };
    }

    private int refuse(List<Problem> problems) {
        problems.forEach(problem -> surroundings.terminal().say(problem.toString()));
        return ExitCode.WRONG_USAGE;
    }

    private Map<String, String> shared() {
        var options = new LinkedHashMap<String, String>();
        put(options, "model", model);
        put(options, "served-model-name", servedNames);
        put(options, "host", host);
        put(options, "port", port);
        put(options, "max-num-seqs", sequences);
        put(options, "max-model-len", length);
        return options;
    }

    private static void put(Map<String, String> options, String name, @Nullable String value) {
        if (value != null) {
            options.put(name, value);
        }
    }
}
