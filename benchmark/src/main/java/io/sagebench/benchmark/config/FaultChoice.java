package io.sagebench.benchmark.config;

import io.sagebench.benchmark.BenchmarkConfig.FleetConfig;
import io.sagebench.benchmark.Target;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What is to go wrong in the simulated engines.
final class FaultChoice {
    private final Values values;

    FaultChoice(Values values) {
        this.values = values;
    }

    FaultPlan faults(FleetConfig fleet) {
        if (values.given(Setting.FAULTS).isEmpty()) {
            return FaultPlan.NONE;
        }
        Origin origin = values.origin(Setting.FAULTS).orElseThrow();
        var texts = new ArrayList<String>();
        for (Given item : values.list(Setting.FAULTS).orElse(List.of())) {
            values.text(item, "a list of faults such as error:503@2%").ifPresent(texts::add);
        }
        return switch (FaultText.plan(texts)) {
            case FaultReading.Read(FaultPlan plan) -> {
                problemsWithEngines(plan, fleet.instances()).forEach(problem -> values.sentence(origin, problem));
                yield plan;
            }
            case FaultReading.Wrong(List<String> problems) -> {
                problems.forEach(problem -> values.sentence(origin, problem));
                yield FaultPlan.NONE;
            }
        };
    }

    /// The target with faults: they need simulated engines, which an unknown server does not have.
    Target targetOf(Target target, FaultPlan faults, List<String> notes) {
        if (faults.isEmpty()) {
            return target;
        }
        return switch (target) {
            case Target.Http(var url) -> {
                values.sentence(
                        values.origin(Setting.FAULTS).orElseThrow(),
                        "faults are for simulated engines, but " + url
                                + " is a server of its own; use '-c embedded' or --simulate, or put 'sage-bench mock-engine --faults'"
                                + " behind it");
                yield target;
            }
            case Target.Automatic _ -> {
                notes.add("with faults, the shipped control plane with simulated engines is measured (-c embedded)");
                yield new Target.Embedded();
            }
            case Target.Embedded _, Target.Simulated _ -> target;
        };
    }

    /// What is wrong with the engines that the rules of a plan name.
    ///
    /// @param count how many engines there are: `engine-1`, `engine-2` and so on
    static List<String> problemsWithEngines(FaultPlan plan, int count) {
        List<String> engines =
                IntStream.rangeClosed(1, count).mapToObj(number -> "engine-" + number).toList();
        return plan.rules().stream()
                .flatMap(rule -> rule.engine().stream())
                .map(EngineId::value)
                .filter(name -> !engines.contains(name))
                .distinct()
                .map(name -> "there is no engine '" + name + "'; there are " + engines.getFirst()
                        + (engines.size() == 1 ? " only" : " to " + engines.getLast()))
                .toList();
    }
}
