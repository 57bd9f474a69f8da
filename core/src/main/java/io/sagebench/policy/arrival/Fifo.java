package io.sagebench.policy.arrival;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.queue.InOrder;
import io.sagebench.policy.queue.TenantFairness;
import io.sagebench.policy.queue.WaitingQueue;
import io.sagebench.policy.routing.Placements;
import java.util.List;

/// Makes `fifo`.
public final class Fifo implements PolicyFactory {
    @Override
    public String name() {
        return "fifo";
    }

    @Override
    public String rule() {
        return "first come, first served; least outstanding work chooses the engine";
    }

    @Override
    public String explanation() {
        return """
                Order   arrival, each model on its own: a model without capacity does not hold
                        up the others. With fairness = vtc, the tenant that has had the least
                        service first (see vtc), and its requests in the order of arrival.
                Engine  least_work: fewest prompt tokens + 2 x output tokens outstanding, then
                        fewest running, then round robin. p2c: the less loaded of two drawn by
                        lot. round_robin: one after another. random, load_balanced, affinity,
                        locality (= cache), topology_aware, predicted_latency: see the pages on
                        routing.
                Cost    O(log n) a decision for n waiting, plus one look at each engine.
                Needs   nothing.
                Wins    as the baseline; fair in time, and no request starves.
                Loses   under overload with deadlines: urgent requests wait behind all that
                        came before.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(Placements.PARAMETER, TenantFairness.PARAMETER);
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new InOrder(
                TenantFairness.queue(values, _ -> 0, WaitingQueue.ARRIVAL), Placements.of(values, context));
    }
}
