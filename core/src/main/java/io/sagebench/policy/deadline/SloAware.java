package io.sagebench.policy.deadline;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.SloHeadroom;
import io.sagebench.policy.queue.LatePolicy;
import io.sagebench.policy.queue.LatestStart;
import java.util.List;
import java.util.Locale;

/// Makes `slo_aware`.
public final class SloAware implements PolicyFactory {
    @Override
    public String name() {
        return "slo_aware";
    }

    @Override
    public String rule() {
        return "least slack first, hopeless requests last; SLO headroom chooses the engine";
    }

    @Override
    public String explanation() {
        return """
                Order   latest start time = arrival + deadline - (1 + safety_margin) x predicted
                        service, smallest first: least slack first with a key that does not
                        change. With a TTFT target, its latest start counts too.
                Late    a request whose latest start has passed runs only when no feasible one
                        can use the place, by priority, then arrival (late_policy = demote); or
                        is rejected; or runs in its order. A request without a deadline counts
                        as due after default_deadline_ms and is never late.
                Engine  among those expected to keep the promise the one with the most room
                        (slo_pick = spread) or the least (pack); when none is, least predicted
                        TTFT; by lot once in a hundred.
                Cost    O(log n) a decision for n waiting, plus one look at each engine.
                Needs   deadlines, and estimates of service times, which it learns while it
                        runs.
                Wins    attainment under overload: it spends no capacity on what is lost.
                Loses   at equal deadlines it favours long requests; demoted ones may wait
                        long.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                LatestStart.DEFAULT_DEADLINE,
                LatestStart.SAFETY_MARGIN,
                LatePolicy.PARAMETER,
                new PolicyParameter(
                        "slo_pick", "most or least room among sufficient engines", "spread",
                        new Kind.OneOf(List.of("spread", "pack"))));
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        var pick = SloHeadroom.Pick.valueOf(values.word("slo_pick").toUpperCase(Locale.ROOT));
        return new SloAwarePolicy(LatestStart.of(values), LatePolicy.of(values), new SloHeadroom(pick, context.chance()));
    }
}
