package io.sagebench.engine.fault;

import io.sagebench.engine.EngineId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What goes wrong in a run. Each rule draws its requests by itself, so that a rule more or less leaves the others' requests alone, and a higher
/// rate adds requests to those of the lower. Of the rules that decide how an answer ends, the first that strikes counts.
///
/// @param rules in the order in which they count
public record FaultPlan(List<FaultRule> rules) {
    /// Nothing goes wrong.
    public static final FaultPlan NONE = new FaultPlan(List.of());

    public FaultPlan {
        rules = List.copyOf(rules);
    }

    /// Whether nothing goes wrong.
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /// Whether a rule is for one engine of several.
    public boolean namesEngines() {
        return rules.stream().anyMatch(rule -> rule.engine().isPresent());
    }

    /// What of it concerns one engine.
    public FaultPlan forEngine(EngineId engine) {
        return new FaultPlan(rules.stream()
                .filter(rule -> rule.engine().isEmpty() || rule.engine().get().equals(engine))
                .toList());
    }

    /// The same with further rules after its own.
    public FaultPlan with(List<FaultRule> more) {
        var all = new ArrayList<>(rules);
        all.addAll(more);
        return new FaultPlan(all);
    }

    /// Each rule as [FaultText] reads it.
    public List<String> texts() {
        return rules.stream().map(FaultRule::text).toList();
    }

    /// The whole plan as [FaultText] reads it; empty when nothing goes wrong.
    public String text() {
        return texts().stream().collect(Collectors.joining(","));
    }
}
