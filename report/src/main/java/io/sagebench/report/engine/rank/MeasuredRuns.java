package io.sagebench.report.engine.rank;

import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineRunInfo;
import io.sagebench.report.engine.EngineSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The runs that a results file tells of: a summary, the figures of one workload, or a comparison of several engines.
public final class MeasuredRuns {
    private static final String MOCK = "mock";

    private MeasuredRuns() {}

    /// What a text is.
    public sealed interface Reading {
        /// Results.
        record Found(List<MeasuredRun> runs) implements Reading {}

        /// It is no JSON.
        record Invalid(String why) implements Reading {}

        /// It is JSON about something else.
        record Other() implements Reading {}
    }

    /// Reads a text.
    ///
    /// @param label what its run is called; a comparison's labels are added to it
    /// @param name  what a single workload is called
    public static Reading read(String text, String label, String name) {
        return switch (EngineJson.read(text, name)) {
            case EngineJson.Reading.Read(EngineSummary summary) -> new Reading.Found(runs(summary, label));
            case EngineJson.Reading.Invalid(String why) -> new Reading.Invalid(why);
            case EngineJson.Reading.Other _ -> compared(text, label);
        };
    }

    private static List<MeasuredRun> runs(EngineSummary summary, String label) {
        Optional<EngineRunInfo> run = summary.run();
        Optional<String> backend = run.flatMap(info -> fact(info, "backend"));
        boolean simulated = run.flatMap(info -> fact(info, "simulated")).filter("true"::equals).isPresent() || backend.filter(MOCK::equals).isPresent();
        var runs = new ArrayList<MeasuredRun>();
        summary.workloads().forEach((workload, metrics) -> runs.add(new MeasuredRun(
                label, run.flatMap(info -> fact(info, "model")), backend, simulated, workload, metrics, Optional.empty())));
        return runs;
    }

    private static Optional<String> fact(EngineRunInfo run, String name) {
        return run.fact(name).filter(text -> !text.isBlank() && !text.equals("null"));
    }

    private static Reading compared(String text, String label) {
        JsonNode tree;
        try {
            tree = JsonMapper.shared().readTree(text);
        } catch (JacksonException broken) {
            return new Reading.Invalid(String.valueOf(broken.getOriginalMessage()));
        }
        if (!text(tree.get("kind")).filter("compare"::equals).isPresent() || !(tree.get("targets") instanceof ArrayNode targets)) {
            return new Reading.Other();
        }
        var runs = new ArrayList<MeasuredRun>();
        var scenarios = new LinkedHashSet<String>();
        targets.forEach(target -> target.path("rows").forEach(row -> scenarios.add(scenario(row))));
        targets.forEach(target -> addTarget(runs, target, label, scenarios));
        return new Reading.Found(runs);
    }

    /// An engine within this process has its backend where others have their URL. One that was never reached measured nothing of any scenario.
    private static void addTarget(List<MeasuredRun> runs, JsonNode target, String label, Set<String> scenarios) {
        String name = label + ": " + text(target.get("label")).orElse("?");
        Optional<String> backend = text(target.get("url")).filter(url -> !url.contains("://"));
        boolean usable = target.path("ok").asBoolean(false);
        Optional<String> failure = usable ? Optional.empty() : Optional.of(text(target.get("failure")).orElse("it failed"));
        var measured = new LinkedHashMap<String, EngineMetrics>();
        target.path("rows").forEach(row -> measured.put(scenario(row), EngineJson.metrics(row)));
        if (measured.isEmpty()) {
            scenarios.forEach(scenario -> measured.put(scenario, new EngineMetrics(Map.of(), List.of(), Map.of(), List.of())));
        }
        boolean simulated = backend.filter(MOCK::equals).isPresent();
        measured.forEach((scenario, metrics) ->
                runs.add(new MeasuredRun(name, text(target.get("model")), backend, simulated, scenario, metrics, failure)));
    }

    private static String scenario(JsonNode row) {
        return text(row.get("scenario")).orElse("?");
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        return node != null && node.isString() && !node.stringValue().isBlank() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
