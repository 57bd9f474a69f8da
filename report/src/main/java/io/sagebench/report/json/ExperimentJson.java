package io.sagebench.report.json;

import io.sagebench.report.RunInfo;
import io.sagebench.report.ToolInfo;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The result of an experiment as JSON: first the documented names, then ours.
public final class ExperimentJson {
    private final ExperimentResult result;
    private final ToolInfo tool;
    private final RunInfo run;

    /// @param result what to write
    /// @param tool   what measured
    /// @param run    when, where and from which seed
    public ExperimentJson(ExperimentResult result, ToolInfo tool, RunInfo run) {
        this.result = result;
        this.tool = tool;
        this.run = run;
    }

    /// Writes it.
    ///
    /// @param replace whether a file of that name may be there already
    public void write(Path target, boolean replace) throws IOException {
        WholeFile.write(target, replace, json -> {
            List<ObjectNode> results = result.results().stream().map(ExperimentJson::tree).toList();
            ObjectNode summary = tree(result.summary());
            json.writeStartObject();
            json.writeStringProperty("experiment_name", result.name());
            json.writeStringProperty("experiment_type", result.type());
            json.writeNumberProperty("start_time", EpochSeconds.of(result.startedAt()));
            json.writeNumberProperty("end_time", EpochSeconds.of(result.endedAt()));
            json.writeNumberProperty("duration_seconds", result.duration().toMillis() / 1e3);
            json.writePOJOProperty("parameters", result.parameters().asMap());
            json.writePOJOProperty("results", results);
            json.writePOJOProperty("summary", summary);
            json.writePOJOProperty("charts", result.charts());
            json.writeBooleanProperty("success", result.success());
            json.writePOJOProperty("error", result.error().orElse(null));
            json.writeStringProperty("timestamp", run.startedAt().toString());
            json.writeStringProperty("version", JsonReport.LAYOUT);
            json.writePOJOProperty("tool", JsonReport.tool(tool));
            json.writePOJOProperty("run", JsonReport.run(run));
            json.writePOJOProperty("target", JsonReport.target(result.target()));
            ObjectNode notRun = Json.object();
            result.notRun().forEach(policy -> notRun.put(policy.policy(), policy.reason()));
            json.writePOJOProperty("not_run", notRun);
            json.writePOJOProperty("definitions", Definitions.json());
            json.writePOJOProperty("unavailable", unavailable(results, summary));
            json.writeEndObject();
        });
    }

    private static List<String> unavailable(List<ObjectNode> results, ObjectNode summary) {
        var paths = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            paths.addAll(Unavailable.in(results.get(i), "results[" + i + "]"));
        }
        paths.addAll(Unavailable.in(summary, "summary"));
        return paths;
    }

    private static ObjectNode tree(Fields fields) {
        return Json.MAPPER.valueToTree(fields.asMap());
    }
}
