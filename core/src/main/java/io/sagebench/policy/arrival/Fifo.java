package io.sagebench.policy.arrival;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.LeastWork;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.placement.PowerOfTwo;
import io.sagebench.policy.placement.RoundRobin;
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
                        up the others.
                Engine  least_work: fewest prompt tokens + 2 x output tokens outstanding, then
                        fewest running, then round robin. p2c: the less loaded of two drawn by
                        lot. round_robin: one after another.
                Cost    O(log n) a decision for n waiting, plus one look at each engine.
                Needs   nothing.
                Wins    as the baseline; fair in time, and no request starves.
                Loses   under overload with deadlines: urgent requests wait behind all that
                        came before.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(new PolicyParameter(
                "placement",
                "how the engine is chosen",
                "least_work",
                new PolicyParameter.Kind.OneOf(List.of("least_work", "p2c", "round_robin"))));
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        Placement placement =
                switch (values.word("placement")) {
                    case "p2c" -> new PowerOfTwo(context.chance());
                    case "round_robin" -> new RoundRobin();
                    default -> new LeastWork();
                };
        return new FifoPolicy(placement);
    }
}
