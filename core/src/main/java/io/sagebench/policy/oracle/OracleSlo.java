package io.sagebench.policy.oracle;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.SloHeadroom;
import io.sagebench.policy.queue.LatestStart;
import java.util.List;

/// Makes `oracle_slo`.
public final class OracleSlo implements PolicyFactory {
    @Override
    public String name() {
        return "oracle_slo";
    }

    @Override
    public String rule() {
        return "ceiling: least slack first, knowing how long each answer will be";
    }

    @Override
    public String explanation() {
        return """
                A ceiling, not a policy to run: the client announces how long each answer will
                be (X-Predicted-Output-Tokens), which no scheduler knows. Without the
                announcement it is slo_aware on estimates.

                Order   latest start time = arrival + deadline - service time for the true
                        length, smallest first; hopeless requests last, as slo_aware.
                Engine  SLO headroom, the most room first, as slo_aware.
                Cost    O(log n) a decision for n waiting, plus one look at each engine.
                Needs   announced lengths, and deadlines.
                Wins    shows how much of what slo_aware misses is due to unknown lengths.
                Loses   it is no strict bound: speeds are still estimated, and least slack
                        first is not the best order under overload.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(LatestStart.DEFAULT_DEADLINE, LatestStart.SAFETY_MARGIN);
    }

    @Override
    public boolean isCeiling() {
        return true;
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new OracleSloPolicy(
                LatestStart.of(values), new SloHeadroom(SloHeadroom.Pick.SPREAD, context.chance()));
    }
}
