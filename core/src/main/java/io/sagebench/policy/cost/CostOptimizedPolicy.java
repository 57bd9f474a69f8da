package io.sagebench.policy.cost;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.CheapestSufficient;
import io.sagebench.policy.placement.MarginalCost;
import io.sagebench.policy.queue.FeasibleFirst;
import io.sagebench.policy.queue.LatePolicy;
import io.sagebench.policy.queue.LatestStart;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Serves first what must start first, where it adds least to the bill and still keeps its promise. See [MarginalCost] and
/// [CheapestSufficient].
public final class CostOptimizedPolicy implements Policy {
    /// What becomes of a request that no engine with room serves in time and within its budget.
    public enum OverBudget {
        /// It waits for one that does for half of the time until its latest start; then the cheapest takes it.
        QUEUE,
        /// The cheapest takes it at once.
        CHEAPEST,
        /// It waits as well, but is rejected once it is too late, or its cost is over the budget everywhere.
        REJECT
    }

    /// How many requests of a lane that rather wait are looked past, so that a decision stays short.
    private static final int MOST_PASSED = 8;

    private final LatestStart latestStart;
    private final double budgetUsd;
    private final OverBudget overBudget;
    private final FeasibleFirst waiting;
    private final CheapestSufficient placement;
    private final Bill bill = new Bill();
    /// When the first of those that would rather wait no longer does, as found by the present decision.
    private long waitsUntilNanos;

    /// @param latestStart when a request must start
    /// @param budgetUsd   the most a request may cost; [Double#POSITIVE_INFINITY] for any
    public CostOptimizedPolicy(LatestStart latestStart, double budgetUsd, OverBudget overBudget) {
        this.latestStart = latestStart;
        this.budgetUsd = budgetUsd;
        this.overBudget = overBudget;
        this.waiting = new FeasibleFirst(latestStart, overBudget == OverBudget.REJECT ? LatePolicy.REJECT : LatePolicy.DEMOTE);
        this.placement = new CheapestSufficient(budgetUsd);
    }

    @Override
    public void arrived(Waiting request) {
        waiting.add(request);
    }

    @Override
    public void withdrawn(Waiting request) {
        waiting.remove(request);
    }

    @Override
    public Decision next(PoolView pool) {
        bill.look(pool);
        Optional<Waiting> tooLate = waiting.putOffLate(pool.nowNanos());
        if (tooLate.isPresent()) {
            return reject(tooLate.get(), "its deadline can no longer be met within its budget");
        }
        waitsUntilNanos = Long.MAX_VALUE;
        Optional<Waiting> first = waiting.firstServable(pool, MOST_PASSED, request -> isReady(request, pool));
        if (first.isEmpty()) {
            return new Decision.Hold(Math.min(waitsUntilNanos, waiting.nextRejectionAtNanos()));
        }
        Waiting request = first.get();
        waiting.remove(request);
        if (overBudget == OverBudget.REJECT
                && budgetUsd < Double.POSITIVE_INFINITY
                && !placement.anySuffices(request, pool.candidatesFor(request), pool)) {
            return reject(
                    request,
                    String.format(Locale.ROOT, "no engine serves it in time for its budget of %.6f USD", budgetUsd));
        }
        EngineView engine = placement.choose(request, pool.candidatesFor(request), pool);
        bill.dispatched(request, engine.description().id(), MarginalCost.usd(request, engine, pool), budgetUsd);
        return new Decision.Dispatch(request, engine.description().id());
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        bill.ended(engine, nowNanos);
    }

    @Override
    public Map<String, Double> figures() {
        return bill.figures();
    }

    private Decision reject(Waiting request, String reason) {
        bill.rejected();
        return new Decision.Reject(request, reason);
    }

    /// Whether a request that an engine could take is to be decided now: sent or rejected.
    private boolean isReady(Waiting request, PoolView pool) {
        boolean waitingMayHelp = LatestStart.hasDeadline(request) || budgetUsd < Double.POSITIVE_INFINITY;
        if (!waitingMayHelp
                || overBudget == OverBudget.CHEAPEST
                || placement.anySuffices(request, pool.candidatesFor(request), pool)) {
            return true;
        }
        long untilNanos = waitsUntilNanos(request);
        if (untilNanos < pool.nowNanos() || (overBudget == OverBudget.REJECT && isTooDearEverywhere(request, pool))) {
            return true;
        }
        waitsUntilNanos = Math.min(waitsUntilNanos, untilNanos + 1);
        return false;
    }

    /// Until when a request waits for a better engine. One that waited until its latest start would be late when it goes, and behind all that are
    /// not: where all engines are full that is every request.
    private long waitsUntilNanos(Waiting request) {
        return request.arrivedAtNanos() + (latestStart.ofNanos(request) - request.arrivedAtNanos()) / 2;
    }

    private boolean isTooDearEverywhere(Waiting request, PoolView pool) {
        for (EngineView engine : pool.engines()) {
            if (engine.description().models().serves(request.model(), request.type())
                    && MarginalCost.usd(request, engine, pool) <= budgetUsd) {
                return false;
            }
        }
        return true;
    }
}
