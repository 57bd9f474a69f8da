package io.sagebench.policy.hybrid;

import static java.util.Comparator.comparingLong;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What room the answers under way on each engine have in their time per output token. An embedding batch delays one decode step by as long as it
/// computes.
final class StepHeadroom {
    private record Allowed(long sequence, long tpotNanos) {}

    private final Map<EngineId, NavigableSet<Allowed>> byEngine = new HashMap<>();

    /// A prompt is being sent there.
    void begun(Waiting request, EngineView engine, PoolView pool) {
        long allowedNanos = allowedTpotNanos(request, engine, pool);
        if (allowedNanos != Long.MAX_VALUE) {
            byEngine.computeIfAbsent(
                            engine.description().id(),
                            _ -> new TreeSet<>(comparingLong(Allowed::tpotNanos).thenComparingLong(Allowed::sequence)))
                    .add(new Allowed(request.sequence(), allowedNanos));
        }
    }

    /// It is there no more.
    void ended(Waiting request, EngineId engine) {
        NavigableSet<Allowed> there = byEngine.get(engine);
        if (there != null) {
            there.removeIf(allowed -> allowed.sequence() == request.sequence());
        }
    }

    /// Whether every answer there keeps its time per token though a step takes so much longer.
    boolean allows(Waiting request, long batchNanos, EngineView engine, PoolView pool) {
        NavigableSet<Allowed> there = byEngine.get(engine.description().id());
        return there == null
                || there.isEmpty()
                || pool.predictedTpotNanos(request, engine) + batchNanos <= there.first().tpotNanos();
    }

    /// The promise about it, or else what its end-to-end promise leaves to each token after the first.
    private static long allowedTpotNanos(Waiting request, EngineView engine, PoolView pool) {
        var promised = request.serviceLevel();
        long allowedNanos = promised.timePerOutputToken().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        int steps = request.predicted().decodeSteps();
        if (promised.endToEnd().isPresent() && steps > 0) {
            long spentNanos = pool.nowNanos() - request.arrivedAtNanos() + pool.predictedTtftNanos(request, engine);
            long leftNanos = Math.max(0, promised.endToEnd().get().toNanos() - spentNanos);
            allowedNanos = Math.min(allowedNanos, leftNanos / steps);
        }
        return allowedNanos;
    }
}
