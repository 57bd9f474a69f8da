package io.sagebench.policy.arrival;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.RoundRobin;
import io.sagebench.policy.queue.InOrder;

/// Makes `round_robin`.
public final class Rotation implements PolicyFactory {
    @Override
    public String name() {
        return "round_robin";
    }

    @Override
    public String rule() {
        return "first come, first served; the engines one after another";
    }

    @Override
    public String explanation() {
        return """
                Order   arrival, each model on its own, as fifo.
                Engine  those that can take the request, one after another, whatever their load.
                Cost    O(log n) a decision for n waiting, plus finding the engines with room.
                Needs   nothing.
                Wins    as a control: what placement without any knowledge of load reaches when it
                        is even.
                Loses   when requests or engines differ in size: the load becomes uneven.""";
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return InOrder.ofArrival(new RoundRobin());
    }
}
