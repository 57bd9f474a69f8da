package io.sagebench.policy.adaptive;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.CheapestSufficient;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.placement.Saturation;
import io.sagebench.policy.placement.SloHeadroom;
import io.sagebench.policy.queue.FeasibleFirst;
import io.sagebench.policy.queue.LatePolicy;
import io.sagebench.policy.queue.LatestStart;
import io.sagebench.request.ServiceLevel;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One order that moves with the load: `latest start + gamma * predicted service + band * band time`, smallest first. [GammaController] moves
/// gamma; each change re-orders what waits. While the pool is nearly idle it packs requests whose promises say how far that may go.
final class BlendPolicy implements Policy {
    private static final double NEARLY_IDLE = 0.3;

    private final LatestStart latestStart;
    private final long bandNanos;
    private final FeasibleFirst waiting;
    private final Placement pack = new CheapestSufficient(Double.POSITIVE_INFINITY);
    private final Placement spread;
    private final LoadWatch watch = new LoadWatch();
    private final GammaController controller;

    /// @param latestStart when a request must start
    /// @param bandNanos   how much later a request comes for each band its priority is lower
    /// @param gamma       to begin with
    /// @param chance      made from the run's seed
    BlendPolicy(LatestStart latestStart, LatePolicy latePolicy, long bandNanos, double gamma, RandomGenerator chance) {
        this.latestStart = latestStart;
        this.bandNanos = bandNanos;
        this.waiting = new FeasibleFirst(latestStart, Comparator.comparingDouble(this::keyOf), latePolicy);
        this.controller = new GammaController(gamma);
        this.spread = new SloHeadroom(SloHeadroom.Pick.SPREAD, chance);
    }

    @Override
    public void arrived(Waiting request) {
        waiting.add(request);
    }

    @Override
    public void withdrawn(Waiting request) {
        waiting.remove(request);
        watch.withdrawn(request);
    }

    @Override
    public Decision next(PoolView pool) {
        long nowNanos = pool.nowNanos();
        watch.look(pool);
        double target = controller.target(watch.saturation(), watch.attainment(), nowNanos);
        if (target != controller.gamma()) {
            waiting.reordered(() -> controller.moveTo(target, nowNanos));
        }
        Optional<Waiting> tooLate = waiting.putOffLate(nowNanos);
        if (tooLate.isPresent()) {
            watch.rejected(tooLate.get(), nowNanos);
            return new Decision.Reject(tooLate.get(), "its deadline can no longer be met");
        }
        Optional<Waiting> first = waiting.firstServable(pool);
        if (first.isEmpty()) {
            return new Decision.Hold(waiting.nextRejectionAtNanos());
        }
        Waiting request = first.get();
        EngineView engine = placementFor(request, pool).choose(request, pool.candidatesFor(request), pool);
        waiting.remove(request);
        watch.dispatched(request, nowNanos);
        return new Decision.Dispatch(request, engine.description().id());
    }

    @Override
    public void tokens(Waiting request, EngineId engine, int count, long nowNanos) {
        watch.tokens(request, nowNanos);
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        watch.ended(request, outputTokens, ending, nowNanos);
    }

    @Override
    public Map<String, Double> figures() {
        var figures = new LinkedHashMap<String, Double>();
        controller.addTo(figures);
        watch.addTo(figures);
        return figures;
    }

    private double keyOf(Waiting request) {
        return latestStart.ofNanos(request)
                + controller.gamma() * request.predicted().serviceNanos()
                + (double) request.priority().band() * bandNanos;
    }

    /// A burst fills the pool before the average shows it, so the pool must be nearly idle now, too.
    private Placement placementFor(Waiting request, PoolView pool) {
        boolean packs = !request.serviceLevel().equals(ServiceLevel.NONE)
                && watch.saturation() < NEARLY_IDLE
                && Saturation.of(pool) < NEARLY_IDLE;
        return packs ? pack : spread;
    }
}
