package io.sagebench.report.engine.rank;

import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineFields;
import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineSummary;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// One measurement of a leaderboard: what was measured, and the figures. What the results do not say is `null`.
///
/// @param key        tells measurements of the same thing; see [LeaderboardKey]
/// @param measuredAt when the run began
/// @param json       the entry as the file has it, the key included
public record LeaderboardEntry(String key, Instant measuredAt, ObjectNode json) {
    static final String KEY = "key";
    static final String MEASURED_AT = "measured_at";
    static final String METRICS = "metrics";
    private static final String WORKLOAD = "workload";
    /// Without these nobody could tell what was measured.
    private static final List<String> NEEDED = List.of("backend", "model", "mode", "dataset", "seed");

    public LeaderboardEntry {
        json = json.deepCopy();
    }

    /// A copy: an entry does not change.
    @Override
    public ObjectNode json() {
        return json.deepCopy();
    }

    /// What became of a results file.
    ///
    /// @param refused why there is no entry for a workload, or for any, each a sentence
    public record Exported(List<LeaderboardEntry> entries, List<String> refused) {
        public Exported {
            entries = List.copyOf(entries);
            refused = List.copyOf(refused);
        }
    }

    /// An entry for each workload of a summary that was measured.
    public static Exported of(EngineSummary summary) {
        JsonNode run = EngineJson.tree(summary).path("run");
        var refused = new ArrayList<String>();
        for (String fact : NEEDED) {
            if (value(run, fact).isNull()) {
                refused.add("the results do not say the run's " + fact);
            }
        }
        Optional<Instant> at = instant(run.get("started_at"));
        if (at.isEmpty()) {
            refused.add("the results do not say when the run began (started_at)");
        }
        var entries = new ArrayList<LeaderboardEntry>();
        if (refused.isEmpty()) {
            summary.workloads().forEach((name, metrics) -> {
                JsonNode workload = workload(run, name);
                if (metrics.count("successful_requests") == 0) {
                    refused.add(name + ": no request succeeded");
                } else if (workload.isNull()) {
                    refused.add(name + ": the results do not say what the workload was");
                } else {
                    entries.add(entry(run, workload, metrics, at.get()));
                }
            });
        }
        return new Exported(entries, refused);
    }

    private static LeaderboardEntry entry(JsonNode run, JsonNode workload, EngineMetrics metrics, Instant at) {
        boolean inProcess = run.path("capabilities").valueStream().anyMatch(each -> each.asString("").equals("in_process"));
        boolean simulated = value(run, "simulated").asBoolean(false);
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        for (String fact : LeaderboardKey.FACTS) {
            facts.set(fact, switch (fact) {
                case WORKLOAD -> workload;
                case "url" -> inProcess ? NullNode.instance : withoutUser(value(run, fact)); // a port of its own each time
                case "hardware" -> inProcess && !simulated ? value(run, "host") : NullNode.instance; // nobody sees that of a remote server
                default -> value(run, fact);
            });
        }
        String key = LeaderboardKey.of(facts);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put(KEY, key).put(MEASURED_AT, at.toString());
        json.setAll(facts);
        for (String more : List.of("run_id", "repeats", "command")) {
            json.set(more, value(run, more));
        }
        json.set("load_generator", value(run, "host"));
        json.set(METRICS, figures(metrics));
        ObjectNode sources = json.putObject("sources");
        metrics.sources().forEach(sources::put);
        return new LeaderboardEntry(key, at, json);
    }

    /// Each field under its first name; `null` for what could not be measured, where results files have 0.
    private static ObjectNode figures(EngineMetrics metrics) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        for (EngineField field : EngineFields.all()) {
            if (field.aliasOf().isEmpty()) {
                OptionalDouble value = metrics.value(field.key());
                if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
                    figures.putNull(field.key());
                } else if (value.getAsDouble() == Math.rint(value.getAsDouble())) {
                    figures.put(field.key(), (long) value.getAsDouble());
                } else {
                    figures.put(field.key(), BigDecimal.valueOf(value.getAsDouble()));
                }
            }
        }
        return figures;
    }

    private static JsonNode workload(JsonNode run, String name) {
        return run.path("workloads").valueStream()
                .filter(each -> each.isObject() && each.path("name").asString("").equals(name))
                .findFirst()
                .orElse(NullNode.instance);
    }

    private static JsonNode withoutUser(JsonNode url) {
        return url.isString() ? JsonNodeFactory.instance.stringNode(url.stringValue().replaceFirst("//[^/@]*@", "//")) : url;
    }

    private static JsonNode value(JsonNode of, String name) {
        JsonNode value = of.get(name);
        return value == null ? NullNode.instance : value;
    }

    /// A point in time as ISO 8601 has it.
    static Optional<Instant> instant(@Nullable JsonNode text) {
        try {
            return text != null && text.isString() ? Optional.of(Instant.parse(text.stringValue())) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
