package io.sagebench.policy.fairness;

import io.sagebench.policy.Offer;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.queue.FairQueue;
import io.sagebench.policy.queue.InOrder;
import io.sagebench.policy.queue.WaitingQueue;
import io.sagebench.policy.routing.Placements;
import java.util.List;
import java.util.Optional;

/// Makes `vtc`.
public final class Vtc implements PolicyFactory {
    @Override
    public String name() {
        return "vtc";
    }

    @Override
    public String rule() {
        return "the tenant that has had the least service first; least outstanding work chooses the engine";
    }

    @Override
    public String explanation() {
        return """
                Order   each tenant has a counter: input_weight for each prompt token at
                        dispatch, output_weight for each output token as it comes. The tenant
                        with the smallest counter first, its requests in the order of arrival.
                        A tenant that begins to wait is lifted to the smallest counter of those
                        that wait, or to that of the last to leave: nobody saves up service.
                        Requests without tenant are one tenant.
                Bound   tenants that wait all the time differ in service by at most
                        2 max(input_weight x longest prompt, output_weight x tokens in a batch).
                Engine  as fifo: placement.
                Source  Virtual Token Counter: Sheng et al., OSDI 2024, at the scheduler's queue.
                Cost    O(log n) a decision, O(log tenants) a token, one look at each engine;
                        simulated engines step one by one.
                Needs   requests of several tenants.
                Wins    when one tenant asks for more than its share: the others do not notice.
                Loses   attainment: it knows neither deadlines nor priorities. Shares are equal,
                        not weighted.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                new PolicyParameter("input_weight", "what a prompt token counts", "1", new Kind.Numeric(0, 1e6)),
                new PolicyParameter("output_weight", "what an output token counts", "2", new Kind.Numeric(0, 1e6)),
                Placements.PARAMETER);
    }

    @Override
    public Optional<String> missing(Offer offer) {
        return offer.tenants() >= 2
                ? Optional.empty()
                : Optional.of("requests of at least two tenants, to share between");
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new InOrder(
                new FairQueue(
                        _ -> 0, WaitingQueue.ARRIVAL, values.number("input_weight"), values.number("output_weight")),
                Placements.of(values, context));
    }
}
