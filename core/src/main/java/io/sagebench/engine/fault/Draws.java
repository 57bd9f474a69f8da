package io.sagebench.engine.fault;

import io.sagebench.engine.EngineJob;
import io.sagebench.random.Mix;
import io.sagebench.random.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which requests a plan's rules strike. A draw follows from the seed, the fault and the request's id alone: not from the order of requests, the
/// engine, the rate or the other rules.
final class Draws {
    private static final double UNIT = 0x1p-53;

    private final List<Drawn> rules = new ArrayList<>();

    private record Drawn(Fault fault, double rate, long seed) {}

    Draws(FaultPlan plan, Seed seed) {
        Map<String, Integer> sameBefore = new HashMap<>();
        for (FaultRule rule : plan.rules()) {
            if (rule.when() instanceof FaultRule.Share(double rate)) {
                String name = rule.fault().text();
                int occurrence = sameBefore.merge(name, 1, Integer::sum);
                rules.add(new Drawn(rule.fault(), rate, seed.child(name).child(occurrence).value()));
            }
        }
    }

    /// The faults of one request, in the order of the rules.
    List<Fault> of(EngineJob job) {
        if (rules.isEmpty()) {
            return List.of();
        }
        var struck = new ArrayList<Fault>();
        long request = Mix.of(job.id().value());
        for (Drawn rule : rules) {
            double draw = (Mix.of(rule.seed, request) >>> 11) * UNIT;
            if (draw < rule.rate) {
                struck.add(rule.fault);
            }
        }
        return struck;
    }
}
