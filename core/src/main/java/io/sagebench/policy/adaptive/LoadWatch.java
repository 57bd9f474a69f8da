package io.sagebench.policy.adaptive;

import io.sagebench.policy.Policy.Ending;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Saturation;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;

/// What the controller goes by: how full the pool is, how many promises are kept, how long requests wait.
final class LoadWatch {
    /// How often the pool is looked at at most.
    private static final long SAMPLE_NANOS = 10_000_000;
    private static final int DELAYS = 128;

    private final Average saturation = new Average();
    private final Attainment attainment = new Attainment();
    /// How long the last dispatched requests waited, in nanoseconds.
    private final long[] delaysNanos = new long[DELAYS];
    private long dispatches;

    /// A decision is to be made.
    void look(PoolView pool) {
        attainment.look(pool.nowNanos());
        if (pool.nowNanos() - saturation.sampledAtNanos() >= SAMPLE_NANOS) {
            saturation.sample(Saturation.of(pool), pool.nowNanos());
        }
    }

    void withdrawn(Waiting request) {
        attainment.withdrawn(request);
    }

    void dispatched(Waiting request, long nowNanos) {
        delaysNanos[(int) (dispatches++ % DELAYS)] = nowNanos - request.arrivedAtNanos();
    }

    void rejected(Waiting request, long nowNanos) {
        attainment.rejected(request, nowNanos);
    }

    void tokens(Waiting request, long nowNanos) {
        attainment.tokens(request, nowNanos);
    }

    void ended(Waiting request, int outputTokens, Ending ending, long nowNanos) {
        attainment.ended(request, outputTokens, ending, nowNanos);
    }

    /// How full the pool was in the last seconds, from 0 to 1.
    double saturation() {
        return saturation.value();
    }

    /// The share of promises kept in the last seconds; absent while too little is known.
    OptionalDouble attainment() {
        return attainment.share();
    }

    /// Adds what it knows. The 95th percentile of the wait is that of the last 128 dispatched requests.
    void addTo(Map<String, Double> figures) {
        figures.put("saturation", saturation());
        attainment().ifPresent(share -> figures.put("attainment", share));
        int known = (int) Math.min(dispatches, DELAYS);
        if (known > 0) {
            long[] sorted = Arrays.copyOf(delaysNanos, known);
            Arrays.sort(sorted);
            figures.put("queue_delay_p95", sorted[(int) Math.ceil(0.95 * known) - 1] / 1e9);
        }
    }
}
