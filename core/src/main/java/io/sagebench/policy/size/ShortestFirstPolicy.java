package io.sagebench.policy.size;

import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// Serves the least predicted work first, less what waiting makes up for; what has waited too long goes before all others, so none starves.
public final class ShortestFirstPolicy implements Policy {
    private static final Comparator<Waiting> ARRIVAL =
            Comparator.comparingLong(Waiting::arrivedAtNanos).thenComparingLong(Waiting::sequence);

    private final double aging;
    private final long mostWaitNanos;
    private final Placement placement;
    /// Sequence numbers of those that wait and have waited too long. It changes only while the request is out of the queue.
    private final Set<Long> promoted = new HashSet<>();
    private final WaitingQueue waiting = new WaitingQueue(Comparator.comparing((Waiting request) -> !isPromoted(request))
            .thenComparingDouble(this::keyOf));
    /// Those that are not promoted yet, the oldest first.
    private final NavigableSet<Waiting> notPromoted = new TreeSet<>(ARRIVAL);
    private long promotions;

    /// @param aging         seconds of work that a second of waiting makes up for; 0 for none
    /// @param mostWaitNanos after which a request goes before all others
    public ShortestFirstPolicy(double aging, long mostWaitNanos, Placement placement) {
        this.aging = aging;
        this.mostWaitNanos = mostWaitNanos;
        this.placement = placement;
    }

    @Override
    public void arrived(Waiting request) {
        notPromoted.add(request);
        waiting.add(request);
    }

    @Override
    public void withdrawn(Waiting request) {
        waiting.remove(request);
        notPromoted.remove(request);
        promoted.remove(request.sequence());
    }

    @Override
    public Decision next(PoolView pool) {
        promote(pool.nowNanos());
        var first = waiting.firstServable(pool);
        if (first.isEmpty()) {
            return new Decision.Hold(
                    notPromoted.isEmpty() ? Long.MAX_VALUE : notPromoted.first().arrivedAtNanos() + mostWaitNanos);
        }
        Waiting request = first.get();
        EngineView engine = placement.choose(request, pool.candidatesFor(request), pool);
        withdrawn(request);
        return new Decision.Dispatch(request, engine.description().id());
    }

    @Override
    public Map<String, Double> figures() {
        return Map.of("promotions", (double) promotions);
    }

    private void promote(long nowNanos) {
        while (!notPromoted.isEmpty() && notPromoted.first().arrivedAtNanos() + mostWaitNanos <= nowNanos) {
            Waiting oldest = notPromoted.removeFirst();
            waiting.moved(oldest, () -> promoted.add(oldest.sequence()));
            promotions++;
        }
    }

    private boolean isPromoted(Waiting request) {
        return promoted.contains(request.sequence());
    }

    /// Orders as `work - aging * wait` does at any one time. Promoted requests go by arrival alone.
    private double keyOf(Waiting request) {
        return isPromoted(request)
                ? request.arrivedAtNanos()
                : request.predicted().serviceNanos() + aging * request.arrivedAtNanos();
    }
}
