package io.sagebench.policy.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tenants of a [FairQueue] and what service each has had.
final class Tenants {
    /// Beyond this many, those are forgotten that would be lifted beyond what they had anyway.
    private static final int MOST_REMEMBERED = 10_000;

    private final Map<Optional<String>, Tenant> byName = new LinkedHashMap<>();
    /// Those that wait, the one with the least counter first.
    private final NavigableSet<Tenant> waiting =
            new TreeSet<>(Comparator.comparingDouble(Tenant::counter).thenComparingLong(Tenant::ordinal));
    /// Who stopped waiting last.
    private @Nullable Tenant lastToLeave;
    private long next;

    /// One tenant.
    static final class Tenant {
        private final long ordinal;
        private final List<FairQueue.Line> lines = new ArrayList<>();
        private double counter;
        private boolean waiting;

        private Tenant(long ordinal) {
            this.ordinal = ordinal;
        }

        long ordinal() {
            return ordinal;
        }

        double counter() {
            return counter;
        }

        boolean isWaiting() {
            return waiting;
        }

        /// What waits for it, one line for each lane and rank.
        List<FairQueue.Line> lines() {
            return lines;
        }
    }

    Tenant named(Optional<String> name) {
        Tenant known = byName.get(name);
        if (known != null) {
            return known;
        }
        if (byName.size() >= MOST_REMEMBERED) {
            double floor = floor();
            byName.values().removeIf(tenant -> !tenant.waiting && tenant.counter <= floor);
        }
        var tenant = new Tenant(next++);
        byName.put(name, tenant);
        return tenant;
    }

    /// It begins to wait.
    void lift(Tenant tenant) {
        tenant.counter = Math.max(tenant.counter, floor());
        tenant.waiting = true;
        waiting.add(tenant);
    }

    /// It got service. Its lines must not be in any order meanwhile.
    void charge(Tenant tenant, double service) {
        waiting.remove(tenant);
        tenant.counter += service;
        if (tenant.waiting) {
            waiting.add(tenant);
        }
    }

    /// It waits no longer if it has no line left.
    void leftIfIdle(Optional<String> name) {
        Tenant tenant = byName.get(name);
        if (tenant != null && tenant.waiting && tenant.lines.isEmpty()) {
            waiting.remove(tenant);
            tenant.waiting = false;
            lastToLeave = tenant;
        }
    }

    Map<String, Double> counters() {
        var counters = new LinkedHashMap<String, Double>();
        byName.forEach((name, tenant) -> counters.put(name.orElse(""), tenant.counter));
        return counters;
    }

    private double floor() {
        if (!waiting.isEmpty()) {
            return waiting.first().counter;
        }
        return lastToLeave == null ? 0 : lastToLeave.counter;
    }
}
