package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.StopSignal;
import io.sagebench.report.RunInfo;
import io.sagebench.report.ToolInfo;
import io.sagebench.report.engine.EngineFiles;
import io.sagebench.report.engine.EngineMeter;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineRunInfo;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.EngineWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs workloads on an engine, one after another, each as often as asked in interleaved order, and writes the files of each as soon as it has been measured.
public final class EngineBenchmark {
    private final EngineSettings settings;
    private final EngineRunner runner;
    private final EngineFiles files;
    private final ToolInfo tool;
    private final RunInfo run;
    private final Optional<EngineWatching> watching;
    private final Map<String, List<EngineWindow>> windows = new LinkedHashMap<>();
    private final Map<String, List<EngineMetrics>> repeats = new LinkedHashMap<>();
    private boolean interrupted;

    /// @param runner measures one workload once
    /// @param files  get the results
    /// @param run    when, by which command, where
    public EngineBenchmark(EngineSettings settings, EngineRunner runner, EngineFiles files, ToolInfo tool, RunInfo run) {
        this(settings, runner, files, tool, run, Optional.empty());
    }

    /// @param watching what the runner has watched, where it watches anything
    public EngineBenchmark(
            EngineSettings settings, EngineRunner runner, EngineFiles files, ToolInfo tool, RunInfo run, Optional<EngineWatching> watching) {
        this.watching = watching;
        this.settings = settings;
        this.runner = runner;
        this.files = files;
        this.tool = tool;
        this.run = run;
    }

    /// Runs all. Blocks.
    ///
    /// @return what was measured, of which the files are written; absent when it was stopped before anything was
    public Optional<EngineSummary> run(EngineTarget target, StopSignal stop) throws IOException {
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            for (EngineWorkload workload : settings.workloads()) {
                if (stop.isRequested()) {
                    interrupted = true;
                } else {
                    take(target, runner.measure(target, workload, settings.options(), repeat, stop));
                }
            }
        }
        if (windows.isEmpty()) {
            return Optional.empty();
        }
        EngineSummary summary = summary(target);
        files.write(summary);
        return Optional.of(summary);
    }

    /// Whether it was stopped before its end.
    public boolean interrupted() {
        return interrupted;
    }

    /// A workload that was stopped in its middle is not one that was measured.
    private void take(EngineTarget target, EngineRun measured) throws IOException {
        if (measured.interrupted()) {
            interrupted = true;
            return;
        }
        if (windows.isEmpty()) {
            files.write(facts(target));
        }
        String name = measured.workload().name();
        watching.ifPresent(machines -> machines.keep(name, measured.repeat(), measured.window()));
        windows.computeIfAbsent(name, _ -> new ArrayList<>()).add(measured.window());
        repeats.computeIfAbsent(name, _ -> new ArrayList<>()).add(measured.metrics());
        files.write(name, EngineMeter.of(windows.get(name)), windows.get(name));
    }

    private EngineSummary summary(EngineTarget target) throws IOException {
        var workloads = new LinkedHashMap<String, EngineMetrics>();
        windows.forEach((name, measured) -> workloads.put(name, EngineMeter.of(measured)));
        var notes = new ArrayList<>(settings.notes());
        notes.addAll(target.notes());
        if (target.backend() == EngineBackend.MOCK) {
            notes.add("simulated engine: these figures are made, and say nothing of a real one");
        }
        watching.ifPresent(machines -> notes.addAll(machines.lines()));
        if (interrupted) {
            notes.add("interrupted: workloads that had not been measured to their end are missing");
        }
        var facts = facts(target);
        if (watching.isPresent()) {
            facts.putAll(watching.get().facts());
        }
        return new EngineSummary(
                workloads,
                settings.repeats() > 1 ? repeats : Map.of(),
                Optional.of(new EngineRunInfo(facts, notes)));
    }

    private Map<String, Object> facts(EngineTarget target) {
        var facts = new LinkedHashMap<String, Object>();
        EngineOptions options = settings.options();
        facts.put("run_id", run.id());
        facts.put("started_at", run.startedAt().toString());
        facts.put("backend", target.backend().wireName());
        facts.put("simulated", target.backend() == EngineBackend.MOCK);
        facts.put("model", target.model());
        settings.choice().model().ifPresent(path -> facts.put("model_path", path));
        facts.put("url", target.url().toString());
        facts.put("engine", target.description());
        facts.put("capabilities", target.backend().capabilities().stream().sorted().map(EngineCapability::wireName).toList());
        facts.put("workload", settings.selection());
        facts.put("workloads", settings.workloads().stream().map(EngineBenchmark::facts).toList());
        facts.put("mode", options.mode().wireName());
        options.arrivals().ifPresent(arrivals -> facts.put("arrivals", arrivals.toString()));
        if (options.concurrency().isPresent()) {
            facts.put("concurrency", options.concurrency().getAsInt());
        }
        options.duration().ifPresent(duration -> facts.put("duration_s", duration.toMillis() / 1e3));
        facts.put("endpoint", options.endpoint().wireName());
        facts.put("dataset", settings.source().name());
        facts.put("prompt_tokens_by", PromptMaker.of(target).name());
        facts.put("repeats", settings.repeats());
        facts.put("seed", options.seed());
        facts.put("command", run.command());
        facts.put("versions", Map.of(tool.name(), tool.version() + " (" + tool.commit() + ")"));
        var host = new LinkedHashMap<String, Object>();
        host.put("os", run.host().os());
        host.put("cores", run.host().cores());
        host.put("jvm", run.host().jvm());
        facts.put("host", host);
        return facts;
    }

    private static Map<String, Object> facts(EngineWorkload workload) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", workload.name());
        facts.put("type", workload.type());
        facts.put("prompt_tokens", workload.promptTokens());
        facts.put("max_tokens", workload.outputTokens());
        facts.put("num_requests", workload.requests());
        facts.put("execution", workload.execution().text());
        facts.put("stream", workload.asking().streaming());
        workload.asking().temperature().ifPresent(value -> facts.put("temperature", value));
        workload.asking().topP().ifPresent(value -> facts.put("top_p", value));
        workload.asking().topK().ifPresent(value -> facts.put("top_k", value));
        workload.asking().repetitionPenalty().ifPresent(value -> facts.put("repetition_penalty", value));
        if (!workload.asking().extra().isEmpty()) {
            facts.put("extra_params", workload.asking().extra());
        }
        facts.put("warmup_rounds", workload.warmup());
        return facts;
    }
}
