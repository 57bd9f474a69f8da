package io.sagebench.policy.arrival;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.PowerOfTwo;
import io.sagebench.policy.queue.InOrder;

/// Makes `p2c`.
public final class TwoChoices implements PolicyFactory {
    @Override
    public String name() {
        return "p2c";
    }

    @Override
    public String rule() {
        return "first come, first served; the less loaded of two engines drawn by lot";
    }

    @Override
    public String explanation() {
        return """
                Order   arrival, each model on its own, as fifo.
                Engine  two of those that can take the request are drawn by lot; the one with less
                        outstanding work gets it.
                Source  Mitzenmacher: The power of two choices in randomized load balancing, 2001.
                Cost    O(log n) a decision for n waiting, plus finding the engines with room.
                Needs   nothing.
                Wins    as a control: what two looks at random reach of a look at each engine.
                Loses   to fifo by a little, when the load is known exactly.""";
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return InOrder.ofArrival(new PowerOfTwo(context.chance()));
    }
}
