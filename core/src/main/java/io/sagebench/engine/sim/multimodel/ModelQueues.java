package io.sagebench.engine.sim.multimodel;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The jobs that wait, by model, each in the order of [Served#order].
final class ModelQueues {
    private static final Comparator<Served> BY_ORDER = Comparator.comparingLong(served -> served.order);

    private final Map<String, TreeSet<Served>> queues = new TreeMap<>();
    private int size;

    void add(Served served) {
        queues.computeIfAbsent(served.model(), _ -> new TreeSet<>(BY_ORDER)).add(served);
        size++;
    }

    void remove(Served served) {
        TreeSet<Served> queue = queues.get(served.model());
        if (queue != null && queue.remove(served)) {
            size--;
        }
    }

    /// The first that waits for `model`.
    Optional<Served> first(String model) {
        TreeSet<Served> queue = queues.get(model);
        return queue == null || queue.isEmpty() ? Optional.empty() : Optional.of(queue.first());
    }

    /// The first that waits for any model but this one.
    Optional<Served> firstExcept(String model) {
        return queues.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(model) && !entry.getValue().isEmpty())
                .map(entry -> entry.getValue().first())
                .min(BY_ORDER);
    }

    int size() {
        return size;
    }
}
