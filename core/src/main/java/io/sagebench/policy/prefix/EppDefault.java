package io.sagebench.policy.prefix;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.queue.InOrder;
import io.sagebench.policy.routing.Picker;
import io.sagebench.policy.routing.Placements;
import java.util.List;

/// Makes `epp_default`.
public final class EppDefault implements PolicyFactory {
    @Override
    public String name() {
        return "epp_default";
    }

    @Override
    public String rule() {
        return "first come, first served; short queue, free cache and cached prefix choose the engine, weighted 2, 2, 3";
    }

    @Override
    public String explanation() {
        return """
                Order   arrival, each model and type on its own.
                Engine  the highest sum of three scores from 0 to 1, ties by lot:
                        queue_weight  x  (max - q) / (max - min) over the requests that wait in
                                         each engine, 1 when equal;
                        kv_weight     x  the share of its KV cache that is free;
                        prefix_weight x  the share of the prompt's blocks it has cached, as
                                         guessed from what was sent to it.
                        Queue and cache are what the engine reports while that is not older
                        than 200 ms, and never less than our own counts.
                Cost    O(log n) a decision for n waiting, one look at each engine, and one
                        hash for each block of 32 prompt tokens, at most 128.
                Source  the default profile of the endpoint picker of the Kubernetes inference
                        gateway.
                Needs   nothing; prompts that begin alike to differ from balancing load.
                Wins    as a blend: caches are used, and no engine is swamped for it.
                Loses   to predictions when engines or requests differ: a score says which is
                        better, not by how much time.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                weight("queue_weight", "weight of a short queue", "2"),
                weight("kv_weight", "weight of free KV cache", "2"),
                weight("prefix_weight", "weight of a cached prefix", "3"));
    }

    private static PolicyParameter weight(String name, String meaning, String defaultValue) {
        return new PolicyParameter(name, meaning, defaultValue, new Kind.Numeric(0, 1_000));
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return InOrder.ofArrival(Placements.weighted(
                values.number("queue_weight"),
                values.number("kv_weight"),
                values.number("prefix_weight"),
                Picker.max(context.chance())));
    }
}
