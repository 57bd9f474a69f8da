package io.sagebench.policy.oracle;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.LeastWork;
import io.sagebench.policy.queue.InOrder;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.Comparator;

/// Makes `oracle_sjf`.
public final class OracleSjf implements PolicyFactory {
    @Override
    public String name() {
        return "oracle_sjf";
    }

    @Override
    public String rule() {
        return "ceiling: least work first, knowing how long each answer will be";
    }

    @Override
    public String explanation() {
        return """
                A ceiling, not a policy to run: the client announces how long each answer will
                be (X-Predicted-Output-Tokens), which no scheduler knows. Without the
                announcement it is shortest job first on estimates, without aging.

                Order   prefill and decode time for the true length, smallest first.
                Engine  least outstanding work.
                Cost    O(log n) a decision for n waiting, plus one look at each engine.
                Needs   announced lengths.
                Wins    mean latency: the bound for sjf_pred.
                Loses   the tail: long requests starve under overload, and nothing stops it.""";
    }

    @Override
    public boolean isCeiling() {
        return true;
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new InOrder(
                new WaitingQueue(Comparator.comparingLong((Waiting request) -> request.predicted().serviceNanos())),
                new LeastWork());
    }
}
