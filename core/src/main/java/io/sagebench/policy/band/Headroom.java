package io.sagebench.policy.band;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.NarrowedPool;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.request.Priority;
import java.util.List;

/// A pool whose engines, while they run CRITICAL work, keep a share of their KV cache free of lower bands. An engine that does not say how
/// much cache it has keeps nothing.
final class Headroom extends NarrowedPool {
    private final double share;

    /// @param share of the cache, from 0 to 1
    Headroom(PoolView pool, double share) {
        super(pool);
        this.share = share;
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        List<EngineView> candidates = whole.candidatesFor(request);
        if (share == 0 || request.priority() == Priority.CRITICAL || !anyRunsCritical(candidates)) {
            return candidates;
        }
        return candidates.stream()
                .filter(engine -> engine.kvTokensReserved() + request.kvTokens() <= cacheFor(request, engine))
                .toList();
    }

    /// Whether the engine of `victim` could take `request` in its place.
    boolean fitsInPlaceOf(InFlight victim, Waiting request) {
        return whole.engines().stream()
                .filter(engine -> engine.description().id().equals(victim.engine()))
                .anyMatch(engine -> engine.description().models().serves(request.model(), request.type())
                        && !request.excluded().contains(victim.engine())
                        && engine.description().fits(request.mostTokens())
                        && hasPlacesInPlaceOf(victim.request(), request, engine)
                        && engine.kvTokensReserved() - victim.request().kvTokens() + request.kvTokens()
                                <= cacheFor(request, engine));
    }

    /// Whether the victim leaves a place for each text, or one for the prompt. An engine without any work takes any number of texts.
    private static boolean hasPlacesInPlaceOf(Waiting victim, Waiting request, EngineView engine) {
        int left = engine.placesTaken() - placesOf(victim);
        return left == 0 || left + placesOf(request) <= engine.description().maxConcurrent();
    }

    private static int placesOf(Waiting request) {
        return Math.max(1, request.ask().textCount());
    }

    private static boolean anyRunsCritical(List<EngineView> engines) {
        for (EngineView engine : engines) {
            if (engine.runningCritical() > 0) {
                return true;
            }
        }
        return false;
    }

    private double cacheFor(Waiting request, EngineView engine) {
        var kvTokens = engine.description().kvTokens();
        if (kvTokens.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        boolean keepsSome = engine.runningCritical() > 0 && request.priority() != Priority.CRITICAL;
        return (keepsSome ? 1 - share : 1) * kvTokens.getAsLong();
    }
}
