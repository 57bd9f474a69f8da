package io.sagebench.policy.queue;

import io.sagebench.engine.EngineDescription;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Lane;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Waiting requests in a total order that does not change while they wait. Adding and removing cost O(log n), looking for the first servable
/// one O(lanes) when the engines of a lane are alike.
public final class WaitingQueue implements RequestQueue {
    /// The order of arrival.
    public static final Comparator<Waiting> ARRIVAL = Comparator.comparingLong(Waiting::sequence);

    private final Comparator<Waiting> order;
    private final Map<Lane, NavigableSet<Waiting>> byLane = new HashMap<>();
    private int size;

    /// @param order by what requests are served; requests that tie are served in the order of arrival
    public WaitingQueue(Comparator<Waiting> order) {
        this.order = order.thenComparingLong(Waiting::sequence);
    }

    @Override
    public void add(Waiting request) {
        if (byLane.computeIfAbsent(request.lane(), _ -> new TreeSet<>(order)).add(request)) {
            size++;
        }
    }

    @Override
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

    @Override
    public Optional<Waiting> firstServable(PoolView pool) {
        return firstServable(pool, 0, _ -> true);
    }

    /// As [#firstServable(PoolView)], but past requests that would rather wait, although an engine could take them now.
    ///
    /// @param most    how many of a lane to go past at most, so that the look stays short
    /// @param isReady whether a request that an engine could take is to go now
    public Optional<Waiting> firstServable(PoolView pool, int most, Predicate<Waiting> isReady) {
        Waiting best = null;
        for (Map.Entry<Lane, NavigableSet<Waiting>> entry : byLane.entrySet()) {
            if (pool.hasRoomFor(entry.getKey())) {
                best = firstOf(best, firstServable(entry.getValue(), best, pool, most, isReady));
            }
        }
        return Optional.ofNullable(best);
    }

    @Override
    public Optional<Waiting> first() {
        Waiting best = null;
        for (NavigableSet<Waiting> ofLane : byLane.values()) {
            best = firstOf(best, ofLane.first());
        }
        return Optional.ofNullable(best);
    }

    @Override
    public Optional<Waiting> last() {
        return byLane.values().stream().map(NavigableSet::last).max(order);
    }

    /// Makes a change that the places of all requests depend on: all out before, in again after. O(n log n).
    public void reordered(Runnable change) {
        var all = new ArrayList<Waiting>(size);
        byLane.values().forEach(all::addAll);
        byLane.clear();
        size = 0;
        change.run();
        all.forEach(this::add);
    }

    @Override
    public int size() {
        return size;
    }

    private @Nullable Waiting firstServable(
            NavigableSet<Waiting> ofLane,
            @Nullable Waiting toBeat,
            PoolView pool,
            int most,
            Predicate<Waiting> isReady) {
        int passed = 0;
        for (Waiting request : ofLane) {
            if (toBeat != null && order.compare(request, toBeat) > 0) {
                return null;
            }
            if (!pool.candidatesFor(request).isEmpty()) {
                if (isReady.test(request)) {
                    return request;
                }
                if (++passed > most) {
                    return null;
                }
            } else if (!othersCanRunWhereItNeverCan(request, pool)) {
                return null;
            }
        }
        return null;
    }

    /// Whether an engine has room for others of this lane that never runs this request.
    static boolean othersCanRunWhereItNeverCan(Waiting request, PoolView pool) {
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
