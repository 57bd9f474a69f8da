package io.sagebench.benchmark.dashboard;

import io.sagebench.journal.RequestRecord;
import io.sagebench.live.dashboard.Snapshot.Counts;
import io.sagebench.live.dashboard.Snapshot.Instance;
import io.sagebench.live.dashboard.Snapshot.PolicyFigures;
import io.sagebench.metrics.recent.LatencyBins;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one measurement gave so far. Safe for use by any thread, and waits for none.
final class TurnTally {
    /// A server may say any name: beyond so many engines none is told apart.
    private static final int MOST_INSTANCES = 256;

    private final String policy;
    private final String where;
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong met = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final LatencyBins ttft = new LatencyBins();
    private final LatencyBins tpot = new LatencyBins();
    private final Map<String, InstanceTally> instances = new ConcurrentHashMap<>();

    /// @param where which of several benchmarks and repeats; may be empty
    TurnTally(String policy, String where) {
        this.policy = policy;
        this.where = where;
    }

    void add(RequestRecord record) {
        if (record.isCompleted()) {
            completed.getAndIncrement();
            if (record.metServiceLevel()) {
                met.getAndIncrement();
            }
        } else {
            errors.getAndIncrement();
        }
        record.ttftNanos().ifPresent(ttft::add);
        record.tpotNanos().ifPresent(nanos -> tpot.add(Math.round(nanos)));
        record.servedBy().filter(by -> !by.instance().isEmpty()).ifPresent(by -> {
            InstanceTally instance = instance(by.instance());
            if (instance != null) {
                instance.add(record);
            }
        });
    }

    private @Nullable InstanceTally instance(String name) {
        InstanceTally known = instances.get(name);
        if (known != null || instances.size() >= MOST_INSTANCES) {
            return known;
        }
        return instances.computeIfAbsent(name, _ -> new InstanceTally());
    }

    Counts counts(OptionalLong inFlight, OptionalLong queued) {
        return new Counts(completed.get(), OptionalLong.of(met.get()), errors.get(), inFlight, queued);
    }

    PolicyFigures figures(long spanNanos, boolean underWay) {
        return new PolicyFigures(
                policy,
                where,
                underWay,
                counts(OptionalLong.empty(), OptionalLong.empty()),
                spanNanos,
                ttft.percentiles(),
                tpot.percentiles());
    }

    /// What answers told of the engines they came from, by name.
    List<Instance> instances() {
        return instances.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().of(entry.getKey()))
                .toList();
    }

    private static final class InstanceTally {
        private final AtomicLong completed = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final LatencyBins ttft = new LatencyBins();

        void add(RequestRecord record) {
            (record.isCompleted() ? completed : failed).getAndIncrement();
            record.ttftNanos().ifPresent(ttft::add);
        }

        Instance of(String name) {
            return new Instance(name, "", true, "", OptionalLong.empty(), completed.get(), failed.get(), ttft.percentiles());
        }
    }
}
