package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;

/// How full engines are, from 0 to 1: by what is reserved on each from here, `max(places taken / places, KV reserved / 0.8)`, or by what it says of itself
/// while that is fresh, `max(waiting / 5, KV usage / 0.8)`, the measure of the Kubernetes inference gateway; whichever is higher. A pool is as full as its
/// engines on average.
public final class Saturation {
    private static final double FULL_QUEUE = 5;
    private static final double FULL_CACHE = 0.8;

    private Saturation() {}

    /// Of the pool; 0 when it has no engines.
    public static double of(PoolView pool) {
        double sum = 0;
        int engines = 0;
        for (EngineView engine : pool.engines()) {
            sum += of(engine, pool.nowNanos());
            engines++;
        }
        return engines == 0 ? 0 : sum / engines;
    }

    /// Of one engine.
    public static double of(EngineView engine, long nowNanos) {
        double places = (double) engine.placesTaken() / engine.description().maxConcurrent();
        var kvTokens = engine.description().kvTokens();
        double cache = kvTokens.isPresent() ? (double) engine.kvTokensReserved() / kvTokens.getAsLong() : 0;
        double own = Math.max(places, cache / FULL_CACHE);
        double reported = engine.reportedLoad()
                .filter(load -> load.isFresh(nowNanos))
                .map(load -> Math.max(load.waiting().orElse(0) / FULL_QUEUE, load.kvUsage().orElse(0) / FULL_CACHE))
                .orElse(0.0);
        return Math.min(1, Math.max(own, reported));
    }
}
