package io.sagebench.policy.prefix;

import io.sagebench.policy.Offer;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.queue.InOrder;
import io.sagebench.policy.routing.LoadScores;
import io.sagebench.policy.routing.Picker;
import io.sagebench.policy.routing.PrefixAffinity;
import io.sagebench.policy.routing.PrefixIndex;
import io.sagebench.policy.routing.RoutingPipeline.Weighted;
import io.sagebench.policy.routing.RoutingPipeline;
import java.util.List;
import java.util.Optional;

/// Makes `prefix_aware`.
public final class PrefixAware implements PolicyFactory {
    @Override
    public String name() {
        return "prefix_aware";
    }

    @Override
    public String rule() {
        return "first come, first served; least load among the engines that have most of the prompt cached";
    }

    @Override
    public String explanation() {
        return """
                Order   arrival, each model and type on its own.
                Engine  those that have at least `threshold` of the prompt's blocks cached, as
                        guessed from what was sent to them; all, when none has, when the first
                        token would come over `ttft_penalty_ms` later there than on the best
                        other engine, and by lot in the share `exploration` of the choices.
                        Among these the fewest tokens in flight, ties by lot.
                Cost    O(log n) a decision for n waiting, one look at each engine, and one
                        hash for each block of 32 prompt tokens, at most 128.
                Source  the prefix affinity filter of the endpoint picker of the Kubernetes
                        inference gateway.
                Needs   prompts that begin alike.
                Wins    time to first token with long shared prompts: sessions, few-shot
                        examples, documents.
                Loses   when one prefix is asked for more than its engines can do; the penalty
                        bounds that loss.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                new PolicyParameter(
                        "threshold", "share of the prompt's blocks from which it counts as cached", "0.8", new Kind.Numeric(0, 1)),
                new PolicyParameter(
                        "ttft_penalty_ms", "how much later its first token may come there, in ms; 0 for any", "5000",
                        new Kind.Numeric(0, 1e9)),
                new PolicyParameter(
                        "exploration", "share of the choices among all engines", "0.01", new Kind.Numeric(0, 1)));
    }

    @Override
    public Optional<String> missing(Offer offer) {
        return offer.sharesPrefixes() ? Optional.empty() : Optional.of("prompts that begin alike");
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        var affinity = new PrefixAffinity(
                values.number("threshold"),
                values.number("ttft_penalty_ms") * 1e6,
                values.number("exploration"),
                context.chance());
        return InOrder.ofArrival(new RoutingPipeline(
                new PrefixIndex(PrefixIndex.BLOCK_TOKENS),
                List.of(affinity),
                List.of(new Weighted(1, LoadScores.tokens(LoadScores.FULL_TOKENS))),
                Picker.max(context.chance())));
    }
}
