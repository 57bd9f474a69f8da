package io.sagebench.policy.queue;

import io.sagebench.policy.Lane;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Waiting requests, served next for the tenant that has had the least: the Virtual Token Counter (Sheng et al., Fairness in Serving Large
/// Language Models, OSDI 2024), at the queue of the scheduler.
///
/// Each tenant has a counter of the service it got: `inputWeight` for each prompt token, when a request of it is dispatched, and `outputWeight` for
/// each output token, as it comes; what failed or was taken back before its first token does not count. A tenant that begins to wait is lifted to the least counter among those that wait, or, when none
/// does, to that of the tenant that stopped waiting last: nobody saves up by staying away. So the service of two tenants that both
/// wait all the time differs by at most `2 max(inputWeight L, outputWeight M)`, with L the longest prompt and M the most tokens in a batch.
/// Requests without tenant are one tenant.
///
/// It never leaves a place unused for fairness. Within a tenant an order of its own counts. O(log tenants) for a token and for each lane that its tenant
/// waits in.
public final class FairQueue implements RequestQueue {
    /// Beyond this many tenants, counters are summed up only.
    private static final int MOST_SHOWN = 20;

    private final ToIntFunction<Waiting> rank;
    private final Comparator<Waiting> order;
    private final double inputWeight;
    private final Tenants tenants;
    private final double outputWeight;
    private final Map<Lane, NavigableSet<Line>> byLane = new HashMap<>();
    private final Map<LineName, Line> lines = new HashMap<>();
    private int size;

    private record LineName(Lane lane, int rank, Optional<String> tenant) {}

    /// The requests of one tenant, lane and rank.
    static final class Line {
        private static final Comparator<Line> ORDER = Comparator.comparingInt((Line line) -> line.name.rank())
                .thenComparingDouble(line -> line.tenant.counter())
                .thenComparingLong(line -> line.tenant.ordinal());

        private final LineName name;
        private final Tenants.Tenant tenant;
        private final NavigableSet<Waiting> requests;

        private Line(LineName name, Tenants.Tenant tenant, Comparator<Waiting> order) {
            this.name = name;
            this.tenant = tenant;
            this.requests = new TreeSet<>(order);
        }
    }

    private record Found(Line line, Waiting request) {}

    /// @param rank         what comes before fairness, smaller first; changes only within [#moved]
    /// @param order        within a tenant; requests that tie are served in the order of arrival
    /// @param inputWeight  what a prompt token counts
    /// @param outputWeight what an output token counts
    public FairQueue(ToIntFunction<Waiting> rank, Comparator<Waiting> order, double inputWeight, double outputWeight) {
        this.rank = rank;
        this.order = order.thenComparingLong(Waiting::sequence);
        this.inputWeight = inputWeight;
        this.outputWeight = outputWeight;
        this.tenants = new Tenants();
    }

    @Override
    public void add(Waiting request) {
        Tenants.Tenant tenant = tenants.named(request.tenant());
        if (!tenant.isWaiting()) {
            tenants.lift(tenant);
        }
        put(request, tenant);
    }

    @Override
    public boolean remove(Waiting request) {
        if (!takeOut(request)) {
            return false;
        }
        tenants.leftIfIdle(request.tenant());
        return true;
    }

    @Override
    public void dispatched(Waiting request) {
        charge(request, inputWeight * request.promptTokens());
        remove(request);
    }

    /// What its dispatch counted is taken back: who is tried again has not been served twice.
    @Override
    public void servedNothing(Waiting request) {
        charge(request, -inputWeight * request.promptTokens());
    }

    @Override
    public void moved(Waiting request, Runnable change) {
        boolean waited = takeOut(request);
        change.run();
        if (waited) {
            put(request, tenants.named(request.tenant()));
        }
    }

    @Override
    public void tokens(Waiting request, int count) {
        charge(request, outputWeight * count);
    }

    @Override
    public boolean wantsEachToken() {
        return true;
    }

    @Override
    public Optional<Waiting> firstServable(PoolView pool) {
        Found best = null;
        for (Map.Entry<Lane, NavigableSet<Line>> entry : byLane.entrySet()) {
            if (pool.hasRoomFor(entry.getKey())) {
                Found found = firstServable(entry.getValue(), best, pool);
                best = found == null ? best : found;
            }
        }
        return Optional.ofNullable(best).map(Found::request);
    }

    @Override
    public Optional<Waiting> first() {
        return byLane.values().stream()
                .map(NavigableSet::first)
                .map(line -> new Found(line, line.requests.first()))
                .min(this::compare)
                .map(Found::request);
    }

    @Override
    public Optional<Waiting> last() {
        return byLane.values().stream()
                .map(NavigableSet::last)
                .map(line -> new Found(line, line.requests.last()))
                .max(this::compare)
                .map(Found::request);
    }

    @Override
    public int size() {
        return size;
    }

    /// The least and the greatest counter, and all while they are not too many.
    @Override
    public Map<String, Double> figures() {
        Map<String, Double> counters = tenants.counters();
        var figures = new LinkedHashMap<String, Double>();
        figures.put("tenants", (double) counters.size());
        var spread = counters.values().stream().mapToDouble(Double::doubleValue).summaryStatistics();
        if (spread.getCount() > 0) {
            figures.put("least_counter_tokens", spread.getMin());
            figures.put("greatest_counter_tokens", spread.getMax());
        }
        if (counters.size() <= MOST_SHOWN) {
            counters.forEach((tenant, tokens) -> figures.put("counter_tokens." + (tenant.isEmpty() ? "none" : tenant), tokens));
        }
        return figures;
    }

    /// The service each tenant has had, by name, with what it was lifted by; requests without tenant count for the empty name.
    public Map<String, Double> counters() {
        return Collections.unmodifiableMap(tenants.counters());
    }

    /// @return the first servable request of a lane that comes before `toBeat`
    private @Nullable Found firstServable(NavigableSet<Line> ofLane, @Nullable Found toBeat, PoolView pool) {
        for (Line line : ofLane) {
            for (Waiting request : line.requests) {
                var found = new Found(line, request);
                if (toBeat != null && compare(found, toBeat) > 0) {
                    return null;
                }
                if (!pool.candidatesFor(request).isEmpty()) {
                    return found;
                }
                if (!WaitingQueue.othersCanRunWhereItNeverCan(request, pool)) {
                    return null;
                }
            }
        }
        return null;
    }

    private int compare(Found one, Found other) {
        int byLine = Line.ORDER.compare(one.line(), other.line());
        return byLine != 0 ? byLine : order.compare(one.request(), other.request());
    }

    private void put(Waiting request, Tenants.Tenant tenant) {
        var name = new LineName(request.lane(), rank.applyAsInt(request), request.tenant());
        Line line = lines.get(name);
        if (line == null) {
            line = new Line(name, tenant, order);
            lines.put(name, line);
            tenant.lines().add(line);
            byLane.computeIfAbsent(name.lane(), _ -> new TreeSet<>(Line.ORDER)).add(line);
        }
        if (line.requests.add(request)) {
            size++;
        }
    }

    private boolean takeOut(Waiting request) {
        var name = new LineName(request.lane(), rank.applyAsInt(request), request.tenant());
        Line line = lines.get(name);
        if (line == null || !line.requests.remove(request)) {
            return false;
        }
        size--;
        if (line.requests.isEmpty()) {
            lines.remove(name);
            line.tenant.lines().remove(line);
            removeFromLane(line);
        }
        return true;
    }

    private void charge(Waiting request, double service) {
        Tenants.Tenant tenant = tenants.named(request.tenant());
        tenant.lines().forEach(this::removeFromLane);
        tenants.charge(tenant, service);
        for (Line line : tenant.lines()) {
            byLane.computeIfAbsent(line.name.lane(), _ -> new TreeSet<>(Line.ORDER)).add(line);
        }
    }

    private void removeFromLane(Line line) {
        Lane lane = line.name.lane();
        NavigableSet<Line> ofLane = byLane.get(lane);
        if (ofLane != null && ofLane.remove(line) && ofLane.isEmpty()) {
            byLane.remove(lane);
        }
    }
}
