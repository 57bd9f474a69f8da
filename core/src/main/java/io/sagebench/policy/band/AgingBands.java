package io.sagebench.policy.band;

import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.queue.WaitingQueue;
import io.sagebench.request.Priority;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Waiting requests in five bands, each in the order of arrival. A request rises one band for each aging time it has waited, so that none
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
    private final WaitingQueue waiting = new WaitingQueue(Comparator.comparingInt(this::bandOf)
            .thenComparingInt(request -> request.priority() == Priority.CRITICAL ? 0 : 1));
    private final NavigableSet<Promotion> promotions = new TreeSet<>(Comparator.comparingLong(Promotion::atNanos)
            .thenComparingLong(promotion -> promotion.request().sequence()));

    /// @param agingNanos how long a request waits for each band it rises; 0 for no rising
    AgingBands(long agingNanos) {
        this.agingNanos = agingNanos;
    }

    void add(Waiting request) {
        put(request, request.priority().band());
    }

    void remove(Waiting request) {
        waiting.remove(request);
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
            remove(request);
            put(request, band - 1);
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

    private void put(Waiting request, int band) {
        long risen = (long) request.priority().band() - band;
        boolean rises = agingNanos > 0 && band > CRITICAL_BAND;
        long riseAtNanos = rises ? request.arrivedAtNanos() + (risen + 1) * agingNanos : NEVER;
        places.put(request.sequence(), new Place(band, riseAtNanos));
        waiting.add(request);
        if (rises) {
            promotions.add(new Promotion(riseAtNanos, request));
        }
    }
}
