package io.sagebench.report.engine.gate;

import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A comparison with a baseline, and a contract check, as JSON. Shares as numbers: 0.05 is 5 %.
public final class RegressionJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private RegressionJson() {}

    /// A comparison, indented.
    ///
    /// @param strict whether warnings fail the gate, too
    public static String text(EngineRegression regression, boolean strict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("passed", regression.failures(strict).isEmpty())
                .put("warn_at", regression.rule().warnAt())
                .put("critical_at", regression.rule().criticalAt())
                .put("noise_known", regression.knowsNoise());
        ArrayNode changes = json.putArray("changes");
        for (EngineChange change : regression.changes()) {
            ObjectNode one = changes.addObject();
            one.put("workload", change.workload()).put("figure", change.field().key());
            one.put("baseline", number(change.before())).put("now", number(change.after())).put("worsening", number(change.worsening()));
            one.put("low", change.interval().map(interval -> interval.low()).orElse(null));
            one.put("high", change.interval().map(interval -> interval.high()).orElse(null));
            one.put("verdict", change.verdict().text().replace(' ', '_'));
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    /// What became of a contract.
    public static ObjectNode tree(EngineContract.Result result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("passed", result.passed()).put("version", result.contract().wireName());
        ObjectNode checks = json.putObject("checks");
        result.checks().forEach(check -> checks.put(check.clause().name(), check.passed()));
        ObjectNode details = json.putObject("details");
        result.checks().forEach(check -> details.put(check.clause().name(), check.text()));
        return json.put("summary", result.summary());
    }

    /// Several contract checks by workload, indented.
    public static String text(Map<String, EngineContract.Result> results) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        results.forEach((workload, result) -> json.set(workload, tree(result)));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
