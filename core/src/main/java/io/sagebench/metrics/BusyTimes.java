package io.sagebench.metrics;

import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.ServedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How long each engine had at least one request, from the records alone: from the send and the wait in the queue, as the control plane says
/// them, to the end. Keeps the last disjoint periods of an engine only: a request that ran across more than [#KEPT] idle times of its engine
/// cannot be, since it kept it busy.
final class BusyTimes {
    /// Records may come a little out of order; this many periods back is more than that.
    private static final int KEPT = 1024;

    private final Map<String, Deque<Period>> underWay = new TreeMap<>();
    private final Map<String, Long> busyNanos = new TreeMap<>();

    /// A time during which an engine had work.
    private record Period(long fromNanos, long toNanos) {}

    /// Records come in the order they ended, or nearly so.
    void add(RequestRecord ended) {
        OptionalLong sentAtNanos = ended.sentAtNanos();
        if (ended.servedBy().isEmpty() || sentAtNanos.isEmpty()) {
            return;
        }
        ServedBy server = ended.servedBy().get();
        Deque<Period> periods = underWay.computeIfAbsent(server.instance(), _ -> new ArrayDeque<>());
        long fromNanos = sentAtNanos.getAsLong() + server.queueNanos().orElse(0);
        long toNanos = Math.max(fromNanos, ended.endedAtNanos());
        while (!periods.isEmpty() && periods.getLast().toNanos() >= fromNanos) {
            Period overlapping = periods.removeLast();
            fromNanos = Math.min(fromNanos, overlapping.fromNanos());
            toNanos = Math.max(toNanos, overlapping.toNanos());
        }
        periods.addLast(new Period(fromNanos, toNanos));
        if (periods.size() > KEPT) {
            Period oldest = periods.removeFirst();
            busyNanos.merge(server.instance(), oldest.toNanos() - oldest.fromNanos(), Long::sum);
        }
    }

    /// What comes next belongs to another window, whose times may overlap with those of this one.
    void endWindow() {
        underWay.forEach((engine, periods) -> busyNanos.merge(
                engine,
                periods.stream().mapToLong(period -> period.toNanos() - period.fromNanos()).sum(),
                Long::sum));
        underWay.clear();
    }

    /// Of the windows that have ended, by the engines' names.
    Map<String, Double> secondsByEngine() {
        var seconds = new TreeMap<String, Double>();
        busyNanos.forEach((engine, nanos) -> seconds.put(engine, nanos / 1e9));
        return seconds;
    }
}
