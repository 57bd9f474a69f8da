package io.sagebench.policy.arrival;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.ByLot;
import io.sagebench.policy.queue.InOrder;

/// Makes `random`.
public final class Lottery implements PolicyFactory {
    @Override
    public String name() {
        return "random";
    }

    @Override
    public String rule() {
        return "first come, first served; any engine, drawn by lot";
    }

    @Override
    public String explanation() {
        return """
                Order   arrival, each model on its own, as fifo.
                Engine  any of those that can take the request, drawn by lot from the run's seed.
                Cost    O(log n) a decision for n waiting, plus finding the engines with room.
                Needs   nothing.
                Wins    as a control: the floor that every placement has to beat.
                Loses   to all others: by chance some engines get much more than others.""";
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return InOrder.ofArrival(new ByLot(context.chance()));
    }
}
