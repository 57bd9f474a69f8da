package io.sagebench.policy.size;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.routing.Placements;
import java.util.List;

/// Makes `sjf_pred`.
public final class ShortestFirst implements PolicyFactory {
    @Override
    public String name() {
        return "sjf_pred";
    }

    @Override
    public String rule() {
        return "shortest predicted work first, with aging; least outstanding work chooses the engine";
    }

    @Override
    public String explanation() {
        return """
                Order   predicted work - aging x wait, smallest first; the work is the predicted
                        prefill and decode time. Kept as work + aging x arrival, which orders
                        alike and does not change. What has waited max_wait_ms goes before all
                        others, in the order of arrival.
                Engine  as fifo: placement.
                Source  shortest job first on predicted lengths: Fu et al., Efficient LLM
                        Scheduling by Learning to Rank, NeurIPS 2024. Lengths come from recent
                        answers alike, or from X-Predicted-Output-Tokens.
                Cost    O(log n) a decision for n waiting, plus one look at each engine.
                Needs   answers of differing length, told apart by model, tenant or prompt.
                Wins    mean latency when a few long requests would hold up many short ones.
                Loses   the tail: long requests wait up to max_wait_ms under overload. Ignores
                        deadlines and priorities.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                new PolicyParameter(
                        "aging", "seconds of work that a second of waiting makes up for", "0.01", new Kind.Numeric(0, 1e6)),
                new PolicyParameter(
                        "max_wait_ms", "wait after which a request goes before all others, in ms", "30000",
                        new Kind.Numeric(1, 1e12)),
                Placements.PARAMETER);
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new ShortestFirstPolicy(
                values.number("aging"),
                Math.round(values.number("max_wait_ms") * 1e6),
                Placements.of(values, context));
    }
}
