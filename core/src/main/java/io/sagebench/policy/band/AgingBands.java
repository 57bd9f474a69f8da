package io.sagebench.policy.band;

import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.queue.RequestQueue;
import io.sagebench.request.Priority;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Waiting requests in five bands, each in an order of its own. A request rises one band for each aging time it has waited, so that none
/// starves; a CRITICAL request is never overtaken by a risen one.
///
/// The effective band is `max(0, band - floor(wait / aging))`. Promotions are kept in an order of their own, so a request costs O(log n) each
/// time it rises and nothing while it does not.
final class AgingBands {
    private static final int CRITICAL_BAND = Priority.CRITICAL.band();

    private record Promotion(long atNanos, Waiting request) {}

    /// @param riseAtNanos when it leaves this band for the next; [#NEVER] when it stays
    private record Place(int band, long riseAtNanos) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final long agingNanos;
    /// By sequence number.
    private final Map<Long, Place> places = new HashMap<>();
    /// In the order of the bands. A request is taken out before its band changes.
    private final RequestQueue waiting;
    private final NavigableSet<Promotion> promotions = new TreeSet<>(Comparator.comparingLong(Promotion::atNanos)
            .thenComparingLong(promotion -> promotion.request().sequence()));

    /// @param agingNanos how long a request waits for each band it rises; 0 for no rising
    /// @param queueByRank makes a queue in which requests of smaller rank come first
    AgingBands(long agingNanos, Function<ToIntFunction<Waiting>, RequestQueue> queueByRank) {
        this.agingNanos = agingNanos;
        this.waiting = queueByRank.apply(
                request -> 2 * bandOf(request) + (request.priority() == Priority.CRITICAL ? 0 : 1));
    }

    void add(Waiting request) {
        place(request, request.priority().band());
        waiting.add(request);
    }

    void remove(Waiting request) {
        waiting.remove(request);
        forgetPlace(request);
    }

    /// It goes to an engine.
    void dispatched(Waiting request) {
        waiting.dispatched(request);
        forgetPlace(request);
    }

    /// It was on an engine for nothing.
    void servedNothing(Waiting request) {
        waiting.servedNothing(request);
    }

    void tokens(Waiting request, int count) {
        waiting.tokens(request, count);
    }

    boolean wantsEachToken() {
        return waiting.wantsEachToken();
    }

    private void forgetPlace(Waiting request) {
        Place place = places.remove(request.sequence());
        if (place != null && place.riseAtNanos() != NEVER) {
            promotions.remove(new Promotion(place.riseAtNanos(), request));
        }
    }

    /// Raises what has waited long enough by `nowNanos`.
    void rise(long nowNanos) {
        while (nextRiseAtNanos() <= nowNanos) {
            Waiting request = promotions.first().request();
            int band = bandOf(request);
            waiting.moved(request, () -> {
                forgetPlace(request);
                place(request, band - 1);
            });
        }
    }

    /// When the next request rises; [Long#MAX_VALUE] when none does.
    long nextRiseAtNanos() {
        return promotions.isEmpty() ? NEVER : promotions.first().atNanos();
    }

    /// The first request of the highest band that an engine can take now.
    Optional<Waiting> firstServable(PoolView pool) {
        return waiting.firstServable(pool);
    }

    /// The first request of the highest band, servable or not.
    Optional<Waiting> first() {
        return waiting.first();
    }

    /// The newest request of the lowest band that has any.
    Optional<Waiting> lastOfLowest() {
        return waiting.last();
    }

    /// The band a waiting request has risen to.
    int bandOf(Waiting request) {
        Place place = places.get(request.sequence());
        return place == null ? request.priority().band() : place.band();
    }

    /// The band a request would be in at `nowNanos`, waiting or not.
    int bandAt(Waiting request, long nowNanos) {
        int own = request.priority().band();
        long risen = agingNanos == 0 ? 0 : (nowNanos - request.arrivedAtNanos()) / agingNanos;
        return (int) Math.max(CRITICAL_BAND, own - risen);
    }

    private void place(Waiting request, int band) {
        long risen = (long) request.priority().band() - band;
        boolean rises = agingNanos > 0 && band > CRITICAL_BAND;
        long riseAtNanos = rises ? request.arrivedAtNanos() + (risen + 1) * agingNanos : NEVER;
        places.put(request.sequence(), new Place(band, riseAtNanos));
        if (rises) {
            promotions.add(new Promotion(riseAtNanos, request));
        }
    }
}
