package io.sagebench.policy.adaptive;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.request.Priority;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Hands over to one of three policies: `priority` while CRITICAL or HIGH requests wait, `cost_optimized` while the pool has much room, else
/// `slo_aware`. What waits moves over in the order of arrival; what runs stays with the policy that dispatched it.
///
/// The pool has much room once less than 0.3 of it is in use, until more than 0.4 is; and a policy decides for 2 s at least.
final class SwitchPolicy implements Policy {
    private static final double MUCH_ROOM = 0.3;
    private static final double NOT_MUCH_ROOM = 0.4;
    private static final long DWELL_NANOS = 2_000_000_000L;

    /// Who can decide.
    enum Delegate {
        PRIORITY,
        SLO_AWARE,
        COST_OPTIMIZED
    }

    private final Map<Delegate, Policy> delegates;
    private final Map<Long, Waiting> waiting = new TreeMap<>();
    /// Who dispatched what runs, by sequence number.
    private final Map<Long, Policy> dispatchers = new HashMap<>();
    private final LoadWatch watch = new LoadWatch();
    private Delegate deciding = Delegate.SLO_AWARE;
    private Policy delegate;
    private boolean muchRoom;
    private int urgentWaiting;
    private long switches;
    private long switchedAtNanos = -DWELL_NANOS;

    /// @param delegates a fresh policy for each
    SwitchPolicy(Map<Delegate, Policy> delegates) {
        this.delegates = Map.copyOf(delegates);
        this.delegate = policyOf(deciding);
    }

    @Override
    public void arrived(Waiting request) {
        waiting.put(request.sequence(), request);
        urgentWaiting += isUrgent(request) ? 1 : 0;
        delegate.arrived(request);
    }

    @Override
    public void withdrawn(Waiting request) {
        leaves(request);
        delegate.withdrawn(request);
        watch.withdrawn(request);
    }

    @Override
    public Decision next(PoolView pool) {
        watch.look(pool);
        long nowNanos = pool.nowNanos();
        Delegate wanted = wanted();
        if (wanted != deciding && nowNanos - switchedAtNanos >= DWELL_NANOS) {
            handOverTo(wanted, nowNanos);
        }
        Decision decision = delegate.next(pool);
        switch (decision) {
            case Decision.Dispatch(Waiting request, EngineId _) -> dispatched(request, nowNanos);
            case Decision.DispatchTogether(List<Waiting> requests, EngineId _) ->
                requests.forEach(request -> dispatched(request, nowNanos));
            case Decision.Reject(Waiting request, String _) -> {
                leaves(request);
                watch.rejected(request, nowNanos);
            }
            case Decision.Preempt(InFlight _) -> {}
            case Decision.Hold(long untilNanos) -> {
                return wanted == deciding
                        ? decision
                        : new Decision.Hold(Math.min(untilNanos, switchedAtNanos + DWELL_NANOS));
            }
        }
        return decision;
    }

    @Override
    public void tokens(Waiting request, EngineId engine, int count, long nowNanos) {
        watch.tokens(request, nowNanos);
        dispatchers.getOrDefault(request.sequence(), delegate).tokens(request, engine, count, nowNanos);
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        watch.ended(request, outputTokens, ending, nowNanos);
        Policy dispatcher = dispatchers.remove(request.sequence());
        if (dispatcher != null) {
            dispatcher.ended(request, engine, outputTokens, ending, nowNanos);
        }
    }

    @Override
    public boolean wantsEachToken() {
        return delegates.values().stream().anyMatch(Policy::wantsEachToken);
    }

    @Override
    public Optional<Waiting> displacedBy(Waiting arrival) {
        return delegate.displacedBy(arrival);
    }

    @Override
    public Map<String, Double> figures() {
        var figures = new LinkedHashMap<String, Double>();
        for (Delegate one : Delegate.values()) {
            figures.put("deciding_" + one.name().toLowerCase(Locale.ROOT), one == deciding ? 1.0 : 0.0);
        }
        figures.put("switches", (double) switches);
        figures.put("switched_at", Math.max(0, switchedAtNanos) / 1e9);
        watch.addTo(figures);
        return figures;
    }

    /// Who should decide.
    private Delegate wanted() {
        muchRoom = watch.saturation() < (muchRoom ? NOT_MUCH_ROOM : MUCH_ROOM);
        if (urgentWaiting > 0) {
            return Delegate.PRIORITY;
        }
        return muchRoom ? Delegate.COST_OPTIMIZED : Delegate.SLO_AWARE;
    }

    private void handOverTo(Delegate next, long nowNanos) {
        waiting.values().forEach(delegate::withdrawn);
        deciding = next;
        delegate = policyOf(next);
        waiting.values().forEach(delegate::arrived);
        switches++;
        switchedAtNanos = nowNanos;
    }

    private void dispatched(Waiting request, long nowNanos) {
        leaves(request);
        dispatchers.put(request.sequence(), delegate);
        watch.dispatched(request, nowNanos);
    }

    private void leaves(Waiting request) {
        if (waiting.remove(request.sequence()) != null && isUrgent(request)) {
            urgentWaiting--;
        }
    }

    private Policy policyOf(Delegate which) {
        Policy policy = delegates.get(which);
        if (policy == null) {
            throw new IllegalArgumentException("no policy for " + which);
        }
        return policy;
    }

    private static boolean isUrgent(Waiting request) {
        return request.priority().band() <= Priority.HIGH.band();
    }
}
