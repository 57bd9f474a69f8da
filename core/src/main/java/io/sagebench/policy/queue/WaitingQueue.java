package io.sagebench.policy.queue;

import io.sagebench.engine.EngineDescription;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Lane;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Waiting requests in a total order that does not change while they wait, kept apart by lane, so that a model without capacity never
/// blocks another. Adding and removing cost O(log n).
public final class WaitingQueue {
    private final Comparator<Waiting> order;
    private final Map<Lane, NavigableSet<Waiting>> byLane = new HashMap<>();
    private int size;

    /// @param order by what requests are served; requests that tie are served in the order of arrival
    public WaitingQueue(Comparator<Waiting> order) {
        this.order = order.thenComparingLong(Waiting::sequence);
    }

    /// Puts a request in.
    public void add(Waiting request) {
        if (byLane.computeIfAbsent(request.lane(), _ -> new TreeSet<>(order)).add(request)) {
            size++;
        }
    }

    /// Takes a request out.
    ///
    /// @return whether it was in
    public boolean remove(Waiting request) {
        NavigableSet<Waiting> ofLane = byLane.get(request.lane());
        if (ofLane == null || !ofLane.remove(request)) {
            return false;
        }
        size--;
        if (ofLane.isEmpty()) {
            byLane.remove(request.lane());
        }
        return true;
    }

    /// The first request, in the order of this queue, that some engine can take now; left in place. Within a lane a request that has to wait
    /// for cache is not overtaken by smaller ones, which would keep it waiting for ever; they only go past it to engines that never
    /// run it: too small ones, and those it is kept from. So it costs O(lanes) when the engines of a lane are alike.
    public Optional<Waiting> firstServable(PoolView pool) {
        Waiting best = null;
        for (Map.Entry<Lane, NavigableSet<Waiting>> entry : byLane.entrySet()) {
            if (pool.hasRoomFor(entry.getKey())) {
                best = firstOf(best, firstServable(entry.getValue(), best, pool));
            }
        }
        return Optional.ofNullable(best);
    }

    /// The first request of all, servable or not.
    public Optional<Waiting> first() {
        Waiting best = null;
        for (NavigableSet<Waiting> ofLane : byLane.values()) {
            best = firstOf(best, ofLane.first());
        }
        return Optional.ofNullable(best);
    }

    /// The last request of all.
    public Optional<Waiting> last() {
        return byLane.values().stream().map(NavigableSet::last).max(order);
    }

    /// How many wait.
    public int size() {
        return size;
    }

    private @Nullable Waiting firstServable(NavigableSet<Waiting> ofLane, @Nullable Waiting toBeat, PoolView pool) {
        for (Waiting request : ofLane) {
            if (toBeat != null && order.compare(request, toBeat) > 0) {
                return null;
            }
            if (!pool.candidatesFor(request).isEmpty()) {
                return request;
            }
            if (!othersCanRunWhereItNeverCan(request, pool)) {
                return null;
            }
        }
        return null;
    }

    private static boolean othersCanRunWhereItNeverCan(Waiting request, PoolView pool) {
        for (EngineView engine : pool.engines()) {
            EngineDescription description = engine.description();
            if (engine.placesTaken() < description.maxConcurrent()
                    && description.models().serves(request.model(), request.type())
                    && (!description.fits(request.mostTokens()) || request.excluded().contains(description.id()))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Waiting firstOf(@Nullable Waiting one, @Nullable Waiting other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return order.compare(one, other) <= 0 ? one : other;
    }
}
