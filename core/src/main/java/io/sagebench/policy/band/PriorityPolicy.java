package io.sagebench.policy.band;

import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.LeastPredictedTtft;
import io.sagebench.request.Priority;
import java.util.List;
import java.util.Optional;

/// Serves strictly by priority band, with aging; keeps headroom on engines that run CRITICAL work (the idea of Llumnix: Sun et al., OSDI
/// 2024), and can take back work that has not answered yet.
public final class PriorityPolicy implements Policy {
    private final AgingBands bands;
    private final double headroom;
    private final boolean preempts;
    private final LeastPredictedTtft placement = new LeastPredictedTtft();

    /// @param agingNanos how long a request waits for each band it rises; 0 for never
    /// @param headroom   share of an engine's KV cache kept free of lower bands while it runs CRITICAL work, from 0 to 1
    /// @param preempts   whether BACKGROUND, then LOW work that has sent no token is taken back for more urgent requests
    public PriorityPolicy(long agingNanos, double headroom, boolean preempts) {
        this.bands = new AgingBands(agingNanos);
        this.headroom = headroom;
        this.preempts = preempts;
    }

    @Override
    public void arrived(Waiting request) {
        bands.add(request);
    }

    @Override
    public void withdrawn(Waiting request) {
        bands.remove(request);
    }

    @Override
    public Decision next(PoolView pool) {
        bands.rise(pool.nowNanos());
        var first = bands.firstServable(pool);
        if (preempts) {
            Optional<InFlight> victim = bands.first()
                    .filter(urgent -> !urgent.equals(first.orElse(null)))
                    .flatMap(urgent -> victimFor(urgent, pool));
            if (victim.isPresent()) {
                return new Decision.Preempt(victim.get());
            }
        }
        if (first.isPresent()) {
            Waiting request = first.get();
            List<EngineView> candidates = withHeadroom(request, pool.candidatesFor(request));
            if (!candidates.isEmpty()) {
                EngineView engine = placement.choose(request, candidates, pool);
                bands.remove(request);
                return new Decision.Dispatch(request, engine.description().id());
            }
        }
        return new Decision.Hold(bands.nextRiseAtNanos());
    }

    @Override
    public Optional<Waiting> displacedBy(Waiting arrival) {
        return bands.lastOfLowest().filter(last -> bands.bandOf(last) > arrival.priority().band());
    }

    /// Leaves out engines where the request would take cache that CRITICAL work may need. An engine that does not say how much cache it has
    /// is never left out.
    private List<EngineView> withHeadroom(Waiting request, List<EngineView> candidates) {
        if (request.priority() == Priority.CRITICAL || headroom == 0) {
            return candidates;
        }
        long needed = (long) request.promptTokens() + request.predicted().outputTokens();
        return candidates.stream()
                .filter(engine -> engine.runningCritical() == 0 || leavesHeadroom(engine, needed))
                .toList();
    }

    private boolean leavesHeadroom(EngineView engine, long neededTokens) {
        var kvTokens = engine.description().kvTokens();
        return kvTokens.isEmpty()
                || engine.kvTokensReserved() + neededTokens <= (1 - headroom) * kvTokens.getAsLong();
    }

    /// The newest request of the lowest priority that may give way: BACKGROUND, then LOW, on an engine that serves the model of the urgent
    /// one, and never one as urgent as it.
    private static Optional<InFlight> victimFor(Waiting urgent, PoolView pool) {
        if (pool.hasRoomFor(urgent.model())) {
            return Optional.empty();
        }
        List<InFlight> newestFirst = pool.preemptible();
        for (Priority yielding : List.of(Priority.BACKGROUND, Priority.LOW)) {
            if (yielding.band() <= urgent.priority().band()) {
                continue;
            }
            for (InFlight candidate : newestFirst) {
                if (candidate.request().priority() == yielding && serves(pool, candidate, urgent)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean serves(PoolView pool, InFlight candidate, Waiting urgent) {
        return pool.engines().stream()
                .anyMatch(engine -> engine.description().id().equals(candidate.engine())
                        && engine.description().models().serves(urgent.model()));
    }
}
