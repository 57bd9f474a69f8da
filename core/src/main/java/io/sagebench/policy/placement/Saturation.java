package io.sagebench.policy.placement;

import io.sagebench.engine.ReportedLoad;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;

/// How full engines are, from 0 to 1: by what an engine says of itself `max(waiting / 5, KV usage / 0.8)`, the measure of the Kubernetes inference
/// gateway; else by what is reserved on it from here, `max(places taken / places, KV reserved / 0.8)`. What an engine said more than two seconds ago
/// does not count. A pool is as full as its engines on average.
public final class Saturation {
    private static final double FULL_QUEUE = 5;
    private static final double FULL_CACHE = 0.8;
    private static final long STALE_NANOS = 2_000_000_000L;

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
        var reported = engine.reportedLoad();
        if (reported.isPresent() && nowNanos - reported.get().sampledAtNanos() <= STALE_NANOS && saysEnough(reported.get())) {
            ReportedLoad load = reported.get();
            return Math.min(1, Math.max(load.waiting().orElse(0) / FULL_QUEUE, load.kvUsage().orElse(0) / FULL_CACHE));
        }
        double places = (double) engine.placesTaken() / engine.description().maxConcurrent();
        var kvTokens = engine.description().kvTokens();
        double cache = kvTokens.isPresent() ? (double) engine.kvTokensReserved() / kvTokens.getAsLong() : 0;
        return Math.min(1, Math.max(places, cache / FULL_CACHE));
    }

    private static boolean saysEnough(ReportedLoad load) {
        return load.waiting().isPresent() || load.kvUsage().isPresent();
    }
}
