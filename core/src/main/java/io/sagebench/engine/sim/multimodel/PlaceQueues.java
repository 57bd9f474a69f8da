package io.sagebench.engine.sim.multimodel;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The sequences that wait, by model, each in the order of [Place#order].
final class PlaceQueues {
    private static final Comparator<Place> BY_ORDER = Comparator.comparingLong(place -> place.order);

    private final Map<String, TreeSet<Place>> queues = new TreeMap<>();

    void add(Place place) {
        queues.computeIfAbsent(place.model(), _ -> new TreeSet<>(BY_ORDER)).add(place);
    }

    void remove(Place place) {
        TreeSet<Place> queue = queues.get(place.model());
        if (queue != null) {
            queue.remove(place);
        }
    }

    /// The first that waits for `model`.
    Optional<Place> first(String model) {
        TreeSet<Place> queue = queues.get(model);
        return queue == null || queue.isEmpty() ? Optional.empty() : Optional.of(queue.first());
    }

    /// The first that waits for any model but this one.
    Optional<Place> firstExcept(String model) {
        return queues.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(model) && !entry.getValue().isEmpty())
                .map(entry -> entry.getValue().first())
                .min(BY_ORDER);
    }
}
