package io.sagebench.policy.hybrid;

import io.sagebench.policy.Offer;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.SloHeadroom;
import java.util.List;
import java.util.Optional;

/// Makes `hybrid_slo`.
public final class HybridSlo implements PolicyFactory {
    @Override
    public String name() {
        return "hybrid_slo";
    }

    @Override
    public String rule() {
        return "hybrid by latest start in one key for prompts and texts; shares follow attainment, and texts spare the steps of answers";
    }

    @Override
    public String explanation() {
        return """
                Order   prompts and texts by latest start = arrival + deadline - predicted
                        service. Without a deadline: 500, 1000, 2000 ms for answers and 100,
                        200, 500 ms for embeddings of HIGH, NORMAL, LOW; CRITICAL as HIGH,
                        BACKGROUND four times LOW. Requests whose promised latest start has
                        passed go last in their class.
                Batch   as hybrid, but a text waits for company no longer than a quarter of its
                        slack.
                Engine  for texts: as hybrid. On engines that serve both, the share of prompts
                        begins at hybrid_instance_ratio and moves by 0.05 every 2 s, between
                        0.2 and 0.8, towards the class that was late more often; and a batch
                        that is in time goes there only if the step it delays leaves each
                        answer its time per token. For prompts: most SLO headroom.
                Else    until the first request with a promise comes, it is hybrid with the
                        same parameters; embedding_priority and llm_fallback_policy count only
                        then.
                Source  one queue for both kinds of work by waiting time against each SLO: QLM;
                        headroom tiers: the endpoint picker of the Kubernetes inference gateway.
                Cost    as hybrid.
                Needs   texts to embed in the load; deadlines.
                Wins    tight embeddings beside loose answers, or the other way round.
                Loses   without deadlines it is hybrid; late requests may wait long.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return HybridParameters.all();
    }

    @Override
    public boolean tellsTypesApart() {
        return true;
    }

    @Override
    public Optional<String> missing(Offer offer) {
        return HybridParameters.missing(offer);
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        var parameters = new HybridParameters(values);
        return new HybridSloPolicy(parameters.hybrid(context), () -> byLatestStart(parameters, context));
    }

    private static Policy byLatestStart(HybridParameters parameters, PolicyContext context) {
        var shares = new ControlledShare(parameters.ratio());
        var prompts = new LatestStartLine(new SloHeadroom(SloHeadroom.Pick.SPREAD, context.chance()), shares);
        var headroom = new StepHeadroom();
        var coalescer = new EmbeddingCoalescer(parameters.limits(), new SlackUrgency(parameters.maxWaitNanos()), headroom);
        return new HybridPolicy(prompts, prompts::firstKeyNanos, coalescer, HybridPolicy.Precedence.TURNS, shares, headroom);
    }
}
