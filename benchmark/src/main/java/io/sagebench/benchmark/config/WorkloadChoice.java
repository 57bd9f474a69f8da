package io.sagebench.benchmark.config;

import io.sagebench.request.Priority;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the load looks like.
final class WorkloadChoice {
    private final Values values;
    private final LoadChoice load;

    WorkloadChoice(Values values, LoadChoice load) {
        this.values = values;
        this.load = load;
    }

    WorkloadSpec workload() {
        return new WorkloadSpec(load.load(), new KindsChoice(values).kinds(), Weighted.of(priorities()));
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

    static String unknownDeadline(String name) {
        List<String> names = Stream.concat(Arrays.stream(Priority.values()).map(Priority::name), Stream.of("TTFT", "TPOT")).toList();
        return "unknown priority '" + name + "'; there are " + String.join(", ", names)
                + " and the priorities of texts to embed, such as EMBEDDING_HIGH" + DidYouMean.hint(names, name);
    }

    static String unknownPriority(String name) {
        List<String> names = Arrays.stream(Priority.values()).map(Priority::name).toList();
        return "unknown priority '" + name + "'; there are " + String.join(", ", names) + DidYouMean.hint(names, name);
    }
}
