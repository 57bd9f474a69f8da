package io.sagebench.policy.cost;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.queue.LatestStart;
import java.util.List;
import java.util.Locale;

/// Makes `cost_optimized`.
public final class CostOptimized implements PolicyFactory {
    @Override
    public String name() {
        return "cost_optimized";
    }

    @Override
    public String rule() {
        return "least slack first; the cheapest engine that still keeps the promise";
    }

    @Override
    public String explanation() {
        return """
                Order   latest start time, hopeless requests last, as slo_aware: saving money
                        never puts urgent work behind.
                Engine  among those expected to keep the promise, the one with the least
                        marginal cost: price / 3600 x (prefill + output x step / B), B the batch
                        with this request, so fuller is cheaper. Within 1 % the fullest, then
                        the first: idle engines stay idle.
                Price   what the engine's traits say, in USD per hour for all its GPUs; an
                        engine of unknown price counts as 1 USD per hour.
                Budget  cost_budget_usd a request; 0 for none. When no engine that has room
                        keeps promise and budget, over_budget = queue: it waits for one that
                        does, half of the time until its latest start, then goes to the
                        cheapest; cheapest: goes there at once; reject: waits too, but is rejected when it is too late,
                        or at once when its cost is over the budget on every engine.
                Source  marginal cost under sharing; load gradient: PolyServe (Zhu et al., 2025).
                Cost    O(log n) a decision for n waiting, plus some looks at each engine.
                Needs   prices that differ, or a fleet that can shrink; deadlines.
                Wins    cost where deadlines leave room: few engines do the work.
                Loses   latency: it uses all of the room that deadlines leave; without deadlines
                        one engine takes everything up to its limit.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                new PolicyParameter(
                        "cost_budget_usd", "the most a request may cost, in USD; 0 for any", "0", new Kind.Numeric(0, 1e6)),
                new PolicyParameter(
                        "over_budget", "when no engine keeps promise and budget", "queue",
                        new Kind.OneOf(List.of("queue", "cheapest", "reject"))),
                LatestStart.DEFAULT_DEADLINE,
                LatestStart.SAFETY_MARGIN);
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        double budgetUsd = values.number("cost_budget_usd");
        return new CostOptimizedPolicy(
                LatestStart.of(values),
                budgetUsd == 0 ? Double.POSITIVE_INFINITY : budgetUsd,
                CostOptimizedPolicy.OverBudget.valueOf(values.word("over_budget").toUpperCase(Locale.ROOT)));
    }
}
