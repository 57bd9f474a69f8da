package io.sagebench.report.engine;

import io.sagebench.report.engine.EngineField.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Engine metrics and summaries as JSON, and back. Fields keep their order.
public final class EngineJson {
    private static final String UNAVAILABLE = "unavailable";
    private static final String SOURCES = "sources";
    private static final String NOTES = "notes";
    private static final String METRICS = "metrics";
    private static final String WORKLOADS = "workloads";
    private static final String OVERALL = "overall";
    private static final String REPEATS = "repeats";
    private static final String RUN = "run";
    private static final int MOST_FRACTION = 6;
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build()
            .writer()
            .with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Spacing.AFTER)
                            .withArrayEmptySeparator("")
                            .withObjectEmptySeparator(""))
                    .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance())
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private EngineJson() {}

    /// What a text that should be a summary, or the figures of one workload, is.
    public sealed interface Reading {
        /// A summary.
        record Read(EngineSummary summary) implements Reading {}

        /// It is no JSON.
        record Invalid(String why) implements Reading {}

        /// It is JSON, but neither a summary nor the figures of a workload.
        record Other(String why) implements Reading {}
    }

    /// The figures of one workload, as a file has them.
    public static String text(EngineMetrics metrics) {
        return text(tree(metrics));
    }

    /// A summary, as a file has it.
    public static String text(EngineSummary summary) {
        return text(tree(summary));
    }

    /// An object of facts, as a file has it.
    public static String text(Map<String, ?> facts) {
        return text(object(facts));
    }

    /// The figures of several workloads by name.
    public static String textByName(Map<String, EngineMetrics> workloads) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        workloads.forEach((name, metrics) -> all.set(name, tree(metrics)));
        return text(all);
    }

    private static String text(ObjectNode tree) {
        return WRITER.writeValueAsString(tree) + "\n";
    }

    /// The figures of one workload as a flat object: numbers, then `unavailable`, `sources` and `notes`.
    public static ObjectNode tree(EngineMetrics metrics) {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        metrics.values().forEach((key, value) -> put(flat, key, value));
        ArrayNode unavailable = flat.putArray(UNAVAILABLE);
        metrics.unavailable().forEach(unavailable::add);
        flat.set(SOURCES, object(metrics.sources()));
        ArrayNode notes = flat.putArray(NOTES);
        metrics.notes().forEach(notes::add);
        return flat;
    }

    private static void put(ObjectNode flat, String key, double value) {
        boolean whole = EngineFields.named(key).map(EngineField::unit).filter(Unit::isWhole).isPresent();
        if (whole && value == Math.rint(value)) {
            flat.put(key, (long) value);
        } else {
            BigDecimal exact = BigDecimal.valueOf(value);
            flat.put(key, exact.scale() < 1 ? exact.setScale(1) : exact);
        }
    }

    /// A number as text, as files have it; empty for none.
    static String number(EngineField field, double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return field.unit().isWhole() && value == Math.rint(value)
                ? Long.toString((long) value)
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /// A summary: `workloads`, `overall`, and where there are any, `repeats` and `run`.
    public static ObjectNode tree(EngineSummary summary) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ObjectNode workloads = tree.putObject(WORKLOADS);
        summary.workloads().forEach((name, metrics) -> workloads.set(name, tree(metrics)));
        ObjectNode overall = tree.putObject(OVERALL);
        overall.put("total_workloads", summary.workloads().size());
        overall.put("total_requests", summary.totalRequests());
        overall.put("successful_requests", summary.successfulRequests());
        overall.put("failed_requests", summary.failedRequests());
        if (!summary.repeats().isEmpty()) {
            ObjectNode repeats = tree.putObject(REPEATS);
            summary.repeats().forEach((name, measured) -> {
                ArrayNode each = repeats.putArray(name);
                measured.forEach(metrics -> each.add(tree(metrics)));
            });
        }
        summary.run().ifPresent(run -> {
            ObjectNode facts = object(run.facts());
            ArrayNode notes = facts.putArray(NOTES);
            run.notes().forEach(notes::add);
            tree.set(RUN, facts);
        });
        return tree;
    }

    private static ObjectNode object(Map<String, ?> facts) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        facts.forEach((name, value) -> object.set(name, node(value)));
        return object;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case JsonNode node -> node;
            case Map<?, ?> map -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                map.forEach((name, inner) -> object.set(String.valueOf(name), inner == null ? JsonNodeFactory.instance.nullNode() : node(inner)));
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                list.forEach(inner -> array.add(inner == null ? JsonNodeFactory.instance.nullNode() : node(inner)));
                yield array;
            }
            case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
            case Integer number -> JsonNodeFactory.instance.numberNode(number);
            case Long number -> JsonNodeFactory.instance.numberNode(number);
            case Double number -> JsonNodeFactory.instance.numberNode(number);
            case Optional<?> maybe -> maybe.isPresent() ? node(maybe.get()) : JsonNodeFactory.instance.nullNode();
            default -> JsonNodeFactory.instance.stringNode(value.toString());
        };
    }

    /// Reads a summary, or the figures of one workload (flat, or below `metrics`), which become a summary of one.
    ///
    /// @param name what a single workload is called, when the text does not say
    public static Reading read(String text, String name) {
        JsonNode tree;
        try {
            tree = JsonMapper.shared().readTree(text);
        } catch (JacksonException broken) {
            return new Reading.Invalid(String.valueOf(broken.getOriginalMessage()));
        }
        if (tree.isMissingNode()) {
            return new Reading.Invalid("it is empty");
        }
        if (tree.get(WORKLOADS) instanceof ObjectNode workloads) {
            return new Reading.Read(summary(tree, workloads));
        }
        JsonNode single = tree.get(METRICS) instanceof ObjectNode wrapped ? wrapped : tree;
        if (single instanceof ObjectNode flat && flat.has("total_requests")) {
            return new Reading.Read(new EngineSummary(Map.of(name, metrics(flat)), Map.of(), Optional.empty()));
        }
        return new Reading.Other("it has neither workloads nor the figures of one");
    }

    private static EngineSummary summary(JsonNode tree, ObjectNode workloads) {
        var each = new LinkedHashMap<String, EngineMetrics>();
        workloads.properties().forEach(entry -> each.put(entry.getKey(), metrics(entry.getValue())));
        var repeats = new LinkedHashMap<String, List<EngineMetrics>>();
        if (tree.get(REPEATS) instanceof ObjectNode several) {
            several.properties().forEach(entry -> {
                var measured = new ArrayList<EngineMetrics>();
                entry.getValue().forEach(one -> measured.add(metrics(one)));
                repeats.put(entry.getKey(), measured);
            });
        }
        return new EngineSummary(
                each, repeats, tree.get(RUN) instanceof ObjectNode run ? Optional.of(run(run)) : Optional.empty());
    }

    private static EngineRunInfo run(ObjectNode run) {
        var facts = new LinkedHashMap<String, Object>();
        run.properties().forEach(entry -> {
            if (!entry.getKey().equals(NOTES)) {
                facts.put(entry.getKey(), entry.getValue().isString() ? entry.getValue().stringValue() : entry.getValue());
            }
        });
        return new EngineRunInfo(facts, texts(run.get(NOTES)));
    }

    /// The figures of a flat object, or of one with a member `metrics` that is flat.
    public static EngineMetrics metrics(JsonNode given) {
        JsonNode flat = given.get(METRICS) instanceof ObjectNode wrapped ? wrapped : given;
        var values = new LinkedHashMap<String, Double>();
        var sources = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> entry : flat.properties()) {
            if (entry.getValue().isNumber()) {
                values.put(entry.getKey(), entry.getValue().doubleValue());
            } else if (entry.getKey().equals(SOURCES)) {
                entry.getValue().properties().forEach(source -> sources.put(source.getKey(), source.getValue().asString()));
            }
        }
        return new EngineMetrics(values, texts(flat.get(UNAVAILABLE)), sources, texts(flat.get(NOTES)));
    }

    private static List<String> texts(@Nullable JsonNode array) {
        var texts = new ArrayList<String>();
        if (array instanceof ArrayNode) {
            array.forEach(text -> texts.add(text.asString()));
        }
        return texts;
    }

    /// A number as files have it: at most six places after the point.
    static double rounded(double value) {
        return BigDecimal.valueOf(value).setScale(MOST_FRACTION, RoundingMode.HALF_EVEN).doubleValue();
    }
}
