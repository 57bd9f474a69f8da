package io.sagebench.policy.hybrid;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import io.sagebench.policy.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Embedding requests that one call can carry: those of the same model and form. Adding and removing cost O(log n).
final class Flow {
    /// What they have in common.
    record Key(String model, String form) {
        static Key of(Waiting request) {
            return new Key(request.model(), request.ask().texts().orElseThrow().form());
        }
    }

    private static final Comparator<Waiting> LATE =
            comparingInt((Waiting request) -> request.priority().band()).thenComparingLong(Waiting::sequence);

    private final Urgency urgency;
    private final Comparator<Waiting> order;
    private final NavigableSet<Waiting> inTime;
    private final NavigableSet<Waiting> late = new TreeSet<>(LATE);
    private final NavigableSet<Waiting> byDue;
    private final NavigableSet<Waiting> perishable;
    private int texts;
    private long tokens;

    Flow(Urgency urgency) {
        this.urgency = urgency;
        this.order = comparingLong(urgency::keyNanos).thenComparingLong(Waiting::sequence);
        this.inTime = new TreeSet<>(order);
        this.byDue = new TreeSet<>(comparingLong(urgency::dueAtNanos).thenComparingLong(Waiting::sequence));
        this.perishable = new TreeSet<>(comparingLong(urgency::lateAfterNanos).thenComparingLong(Waiting::sequence));
    }

    void add(Waiting request) {
        if (!byDue.add(request)) {
            return;
        }
        inTime.add(request);
        if (urgency.lateAfterNanos(request) != Long.MAX_VALUE) {
            perishable.add(request);
        }
        texts += request.ask().textCount();
        tokens += request.promptTokens();
    }

    boolean remove(Waiting request) {
        if (!byDue.remove(request)) {
            return false;
        }
        inTime.remove(request);
        late.remove(request);
        perishable.remove(request);
        texts -= request.ask().textCount();
        tokens -= request.promptTokens();
        return true;
    }

    boolean isEmpty() {
        return byDue.isEmpty();
    }

    /// Puts those that are late by now behind the others.
    ///
    /// @return how many became late
    int demote(long nowNanos) {
        int demoted = 0;
        while (!perishable.isEmpty() && urgency.lateAfterNanos(perishable.first()) < nowNanos) {
            Waiting request = perishable.removeFirst();
            inTime.remove(request);
            late.add(request);
            demoted++;
        }
        return demoted;
    }

    /// Who goes first; there must be one.
    Waiting first() {
        return inTime.isEmpty() ? late.first() : inTime.first();
    }

    /// Whether its first request goes before that of another flow: in time before late; of two in time by their keys, of two late by priority; then by
    /// arrival.
    boolean isBefore(Flow other) {
        if (isInTime() != other.isInTime()) {
            return isInTime();
        }
        return (isInTime() ? order : LATE).compare(first(), other.first()) < 0;
    }

    /// Whether that one is still in time.
    boolean isInTime() {
        return !inTime.isEmpty();
    }

    /// From when on somebody in it waits for no further company, in nanoseconds.
    long dueAtNanos() {
        return urgency.dueAtNanos(byDue.first());
    }

    /// Whether it fills a batch.
    boolean fills(BatchLimits limits) {
        return !limits.enabled() || texts >= limits.texts() || tokens >= limits.tokens();
    }

    int texts() {
        return texts;
    }

    /// The first in order that fit into one batch; at least one.
    List<Waiting> batch(BatchLimits limits) {
        var batch = new ArrayList<Waiting>();
        int batchTexts = 0;
        long batchTokens = 0;
        for (NavigableSet<Waiting> part : List.of(inTime, late)) {
            for (Waiting request : part) {
                batchTexts += request.ask().textCount();
                batchTokens += request.promptTokens();
                boolean fits = limits.enabled() && batchTexts <= limits.texts() && batchTokens <= limits.tokens();
                if (!fits && !batch.isEmpty()) {
                    return batch;
                }
                batch.add(request);
                if (!fits) {
                    return batch;
                }
            }
        }
        return batch;
    }
}
