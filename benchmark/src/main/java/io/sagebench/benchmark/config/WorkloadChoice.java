package io.sagebench.benchmark.config;

import io.sagebench.request.Priority;
import io.sagebench.workload.Conversations;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
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
    private final DatasetChoice datasets;

    WorkloadChoice(Values values, LoadChoice load, DatasetChoice datasets) {
        this.values = values;
        this.load = load;
        this.datasets = datasets;
    }

    /// Finds the workload of a name, of a file with one, or `FILE#NAME` of a file with several.
    record Named(DataPlaces places, Values values) {
        Optional<WorkloadFile.Workload> find(String text, List<Problem> problems) {
            Origin origin = values.origin(Setting.WORKLOAD).orElseThrow();
            int mark = text.lastIndexOf('#');
            String place = mark < 0 ? text : text.substring(0, mark);
            return switch (places.find(place, DataPlaces.Kind.WORKLOAD)) {
                case DataPlaces.Sought.Missing(String message) -> {
                    problems.add(origin.sentence(message));
                    yield Optional.empty();
                }
                case DataPlaces.Sought.Found(var file) -> {
                    List<WorkloadFile.Workload> all = WorkloadFile.read(file, problems);
                    yield problems.isEmpty() ? choose(all, place, mark < 0 ? "" : text.substring(mark + 1), origin, problems) : Optional.empty();
                }
            };
        }

        private static Optional<WorkloadFile.Workload> choose(
                List<WorkloadFile.Workload> all, String place, String name, Origin origin, List<Problem> problems) {
            if (name.isEmpty() && all.size() == 1) {
                return Optional.of(all.getFirst());
            }
            List<String> names = all.stream().map(WorkloadFile.Workload::name).toList();
            Optional<WorkloadFile.Workload> chosen = all.stream().filter(workload -> workload.name().equals(name)).findFirst();
            if (chosen.isEmpty()) {
                problems.add(origin.sentence(
                        (name.isEmpty() ? place + " has " + all.size() + " workloads" : place + " has no workload '" + name + "'")
                                + "; choose one, such as " + place + "#" + names.getFirst() + ": " + String.join(", ", names)));
            }
            return chosen;
        }
    }

    WorkloadSpec workload() {
        WorkloadSpec spec = new WorkloadSpec(load.load(), new KindsChoice(values, datasets).kinds(), Weighted.of(priorities()));
        return conversations(spec.load()).map(spec::with).orElse(spec);
    }

    private Optional<Conversations> conversations(Load load) {
        Optional<List<Integer>> turns = values.range(Setting.TURNS);
        Duration think = values.duration(Setting.THINK_TIME_SECONDS).orElse(Defaults.THINK_TIME);
        if (turns.isEmpty()) {
            refuse(Setting.THINK_TIME_SECONDS, "has no effect without --turns");
            return Optional.empty();
        }
        String why = load instanceof Load.Closed ? "--concurrency, where each caller asks again in any case"
                : load instanceof Load.Replayed ? "a trace, which brings the times itself"
                : values.given(Setting.DATASET).isPresent() ? "a dataset, whose prompts stand alone" : "";
        if (!why.isEmpty()) {
            refuse(Setting.TURNS, "has no effect with " + why);
            return Optional.empty();
        }
        return Optional.of(new Conversations(new LengthRange(turns.get().getFirst(), turns.get().getLast()), think));
    }

    /// An option that would do nothing is a mistake; in a file it may serve other runs.
    private void refuse(Setting setting, String why) {
        if (values.origin(setting).orElse(null) instanceof Origin.Option option) {
            values.problem(option, why);
        }
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
