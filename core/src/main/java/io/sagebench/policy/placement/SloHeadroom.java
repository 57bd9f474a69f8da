package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.request.ServiceLevel;
import java.util.List;
import java.util.random.RandomGenerator;

/// An engine on which the request is expected to keep its promises, by how much room they leave: promised minus predicted time to first token
/// and per output token. Among engines with room for both, the one with the most room (spread) or the least (pack). When none has, or
/// nothing is promised, the one with the least predicted time to first token. Once in a hundred choices it draws by lot instead, so that
/// estimates of engines that look slow are corrected.
///
/// The tiers follow the latency scorer of the Kubernetes inference gateway's endpoint picker.
public final class SloHeadroom implements Placement {
    private static final double EXPLORATION = 0.01;

    /// Which of several sufficient engines is best.
    public enum Pick {
        /// The one with the most room.
        SPREAD,
        /// The one with the least: loads some engines fully so that others stay free.
        PACK
    }

    private final Pick pick;
    private final RandomGenerator chance;
    private final Placement otherwise = new LeastPredictedTtft();

    /// @param chance made from the run's seed
    public SloHeadroom(Pick pick, RandomGenerator chance) {
        this.pick = pick;
        this.chance = chance;
    }

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        if (candidates.size() > 1 && chance.nextDouble() < EXPLORATION) {
            return candidates.get(chance.nextInt(candidates.size()));
        }
        if (request.serviceLevel().equals(ServiceLevel.NONE)) {
            return otherwise.choose(request, candidates, pool);
        }
        EngineView best = null;
        double bestRoom = 0;
        for (EngineView engine : candidates) {
            double room = roomOn(engine, request, pool);
            if (room >= 0 && (best == null || isBetter(engine, room, best, bestRoom))) {
                best = engine;
                bestRoom = room;
            }
        }
        return best == null ? otherwise.choose(request, candidates, pool) : best;
    }

    private boolean isBetter(EngineView engine, double room, EngineView best, double bestRoom) {
        return switch (pick) {
            case SPREAD -> room > bestRoom || (room == bestRoom && LeastPredictedTtft.isLessLoaded(engine, best));
            case PACK -> room < bestRoom;
        };
    }

    /// What is left of the tightest promise on that engine, as a share of it; negative when one would be broken, 1 when nothing is promised.
    public static double roomOn(EngineView engine, Waiting request, PoolView pool) {
        var promised = request.serviceLevel();
        double ttftNanos = pool.predictedTtftNanos(request, engine);
        double tpotNanos = pool.predictedTpotNanos(request, engine);
        double waitedNanos = pool.nowNanos() - request.arrivedAtNanos();
        double endNanos = waitedNanos + ttftNanos + request.predicted().decodeSteps() * tpotNanos;
        double room = 1;
        if (promised.endToEnd().isPresent()) {
            room = Math.min(room, 1 - endNanos / promised.endToEnd().get().toNanos());
        }
        if (promised.timeToFirstToken().isPresent()) {
            room = Math.min(room, 1 - (waitedNanos + ttftNanos) / promised.timeToFirstToken().get().toNanos());
        }
        if (promised.timePerOutputToken().isPresent()) {
            room = Math.min(room, 1 - tpotNanos / promised.timePerOutputToken().get().toNanos());
        }
        return room;
    }
}
