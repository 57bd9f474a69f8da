package io.sagebench.benchmark.config;

import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the load looks like.
final class WorkloadChoice {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double LONGEST_DEADLINE_MS = 1e9;

    private final Values values;
    private final LoadChoice load;

    WorkloadChoice(Values values, LoadChoice load) {
        this.values = values;
        this.load = load;
    }

    WorkloadSpec workload() {
        var arrivals = load.load();
        var models = values.shares(Setting.MODEL_DISTRIBUTION).orElse(Map.of(Defaults.ANY_MODEL, 1.0));
        var priorities = priorities();
        return new WorkloadSpec(
                arrivals,
                Weighted.of(models),
                Weighted.of(priorities),
                serviceLevels(deadlinesMillis(values)),
                range(Setting.PROMPT_LEN_RANGE, Defaults.SHORTEST_PROMPT, Defaults.LONGEST_PROMPT),
                range(Setting.OUTPUT_LEN_RANGE, Defaults.SHORTEST_OUTPUT, Defaults.LONGEST_OUTPUT));
    }

    private LengthRange range(Setting setting, int shortest, int longest) {
        return values.range(setting)
                .map(ends -> new LengthRange(ends.getFirst(), ends.getLast()))
                .orElse(new LengthRange(shortest, longest));
    }

    private Map<Priority, Double> priorities() {
        Optional<Map<String, Double>> shares = values.shares(Setting.PRIORITY_DISTRIBUTION);
        if (shares.isEmpty()) {
            return Defaults.priorities();
        }
        Origin origin = values.origin(Setting.PRIORITY_DISTRIBUTION).orElseThrow();
        var known = new LinkedHashMap<Priority, Double>();
        boolean allKnown = true;
        for (Map.Entry<String, Double> entry : shares.get().entrySet()) {
            Optional<Priority> priority = Priority.named(entry.getKey());
            if (priority.isEmpty()) {
                values.sentence(origin, unknownPriority(entry.getKey()));
                allKnown = false;
            } else if (known.put(priority.get(), entry.getValue()) != null) {
                values.sentence(origin, "priority " + priority.get() + " is named twice");
                allKnown = false;
            }
        }
        return allKnown ? known : Defaults.priorities();
    }

    static String unknownPriority(String name) {
        List<String> names = Arrays.stream(Priority.values()).map(Priority::name).toList();
        return "unknown priority '" + name + "'; there are " + String.join(", ", names) + DidYouMean.hint(names, name);
    }

    /// The deadline of each priority, in milliseconds.
    static Map<Priority, Double> deadlinesMillis(Values values) {
        var given = new EnumMap<Priority, Double>(Priority.class);
        for (Priority priority : Priority.values()) {
            Setting.deadlineOf(priority.name())
                    .flatMap(values::given)
                    .flatMap(value -> values.number(
                            value, "above 0 ms and at most 1000000000 ms", ms -> ms > 0 && ms <= LONGEST_DEADLINE_MS))
                    .ifPresent(ms -> given.put(priority, ms));
        }
        var all = new EnumMap<Priority, Double>(Priority.class);
        for (Priority priority : Priority.values()) {
            all.put(priority, Defaults.deadlineMillis(priority, given));
        }
        return all;
    }

    private static Map<Priority, ServiceLevel> serviceLevels(Map<Priority, Double> deadlines) {
        var levels = new EnumMap<Priority, ServiceLevel>(Priority.class);
        deadlines.forEach((priority, ms) ->
                levels.put(priority, ServiceLevel.endToEnd(Duration.ofNanos(Math.max(1, Math.round(ms * NANOS_PER_MILLI))))));
        return levels;
    }
}
