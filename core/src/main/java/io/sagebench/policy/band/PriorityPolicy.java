package io.sagebench.policy.band;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.LeastPredictedTtft;
import io.sagebench.policy.queue.RequestQueue;
import io.sagebench.request.Priority;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Serves strictly by priority band, with aging; keeps headroom on engines that run CRITICAL work (the idea of Llumnix: Sun et al., OSDI
/// 2024), and can take back work that has not answered yet.
public final class PriorityPolicy implements Policy {
    private final AgingBands bands;
    private final double headroom;
    private final boolean preempts;
    private final LeastPredictedTtft placement = new LeastPredictedTtft();
    /// Who was asked last to give way.
    private @Nullable Waiting yielding;

    /// @param agingNanos how long a request waits for each band it rises; 0 for never
    /// @param headroom   share of an engine's KV cache kept free of lower bands while it runs CRITICAL work, from 0 to 1
    /// @param preempts   whether BACKGROUND, then LOW work that has sent no token is taken back for more urgent requests
    /// @param queueByRank makes the queue in which requests of smaller rank come first
    public PriorityPolicy(
            long agingNanos,
            double headroom,
            boolean preempts,
            Function<ToIntFunction<Waiting>, RequestQueue> queueByRank) {
        this.bands = new AgingBands(agingNanos, queueByRank);
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
    public Decision next(PoolView all) {
        var pool = new Headroom(all, headroom);
        bands.rise(pool.nowNanos());
        yielding = null;
        Optional<Waiting> first = bands.firstServable(pool);
        if (preempts) {
            Optional<InFlight> victim = bands.first()
                    .filter(urgent -> !urgent.equals(first.orElse(null)))
                    .flatMap(urgent -> victimFor(urgent, pool));
            if (victim.isPresent()) {
                yielding = victim.get().request();
                return new Decision.Preempt(victim.get());
            }
        }
        if (first.isEmpty()) {
            return new Decision.Hold(bands.nextRiseAtNanos());
        }
        Waiting request = first.get();
        EngineView engine = placement.choose(request, pool.candidatesFor(request), pool);
        bands.dispatched(request);
        return new Decision.Dispatch(request, engine.description().id());
    }

    @Override
    public void tokens(Waiting request, EngineId engine, int count, long nowNanos) {
        bands.tokens(request, count);
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        boolean gaveWay = ending == Ending.WITHDRAWN && request.equals(yielding);
        if (outputTokens == 0 && (ending == Ending.FAILED || gaveWay)) {
            bands.servedNothing(request);
        }
    }

    @Override
    public boolean wantsEachToken() {
        return bands.wantsEachToken();
    }

    @Override
    public Optional<Waiting> displacedBy(Waiting arrival) {
        return bands.lastOfLowest().filter(last -> bands.bandOf(last) > arrival.priority().band());
    }

    /// The newest request of the lowest priority that may give way: BACKGROUND, then LOW, where the urgent one fits in its place. Never one as
    /// urgent, nor one that has risen as high: it would be served first again, and have to give way again, without end.
    private Optional<InFlight> victimFor(Waiting urgent, Headroom pool) {
        if (pool.hasRoomFor(urgent.lane())) {
            return Optional.empty();
        }
        List<InFlight> newestFirst = pool.preemptible();
        for (Priority yielding : List.of(Priority.BACKGROUND, Priority.LOW)) {
            if (yielding.band() <= urgent.priority().band()) {
                continue;
            }
            for (InFlight candidate : newestFirst) {
                if (candidate.request().priority() == yielding
                        && bands.bandAt(candidate.request(), pool.nowNanos()) > bands.bandOf(urgent)
                        && pool.fitsInPlaceOf(candidate, urgent)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }
}
