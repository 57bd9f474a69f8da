package io.sagebench.policy.aegaeon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// The prefills that wait for one engine, in groups of one model: grouped first come, first served (Aegaeon: Xiang et al., SOSP 2025).
///
/// A newcomer joins the last group of its model while fewer than a limit have ever joined it, else it opens a group at the end. So requests of
/// one model share a switch, and a newcomer overtakes only by joining. What has left a group still counts: a group that refills while it is
/// served would never end.
///
/// Adding and removing cost O(1).
///
/// @param <T> what waits; never in the line twice
final class PrefillLine<T> {
    private final int maxGroupSize;
    private final SequencedSet<Group<T>> groups = new LinkedHashSet<>();
    private final Map<String, Deque<Group<T>>> byModel = new TreeMap<>();
    private final Map<T, Group<T>> groupOf = new HashMap<>();
    private long drainNanos;
    private long opened;
    private long joined;

    PrefillLine(int maxGroupSize) {
        this.maxGroupSize = maxGroupSize;
    }

    /// Requests of one model that are prefilled one after another, in the order they came.
    static final class Group<T> {
        private final String model;
        private final long switchNanos;
        private final SequencedMap<T, Long> members = new LinkedHashMap<>();
        private int everJoined;
        private long prefillNanos;

        private Group(String model, long switchNanos) {
            this.model = model;
            this.switchNanos = switchNanos;
        }

        String model() {
            return model;
        }

        int size() {
            return members.size();
        }

        T first() {
            return members.firstEntry().getKey();
        }

        /// The switch to its model, and its prefills.
        long workNanos() {
            return switchNanos + prefillNanos;
        }
    }

    /// Whether a newcomer for that model would join a group.
    boolean hasOpenGroup(String model) {
        Deque<Group<T>> ofModel = byModel.get(model);
        return ofModel != null && ofModel.getLast().everJoined < maxGroupSize;
    }

    /// Puts a request in.
    ///
    /// @param prefillNanos how long its prefill takes
    /// @param switchNanos  how long a switch to its model takes; counted when it opens a group that needs one
    void add(T request, String model, long prefillNanos, ToLongFunction<String> switchNanos) {
        Deque<Group<T>> ofModel = byModel.computeIfAbsent(model, _ -> new ArrayDeque<>());
        Group<T> group = ofModel.peekLast();
        if (group == null || group.everJoined >= maxGroupSize) {
            boolean follows = !groups.isEmpty() && groups.getLast().model.equals(model);
            group = new Group<>(model, follows ? 0 : switchNanos.applyAsLong(model));
            groups.addLast(group);
            ofModel.addLast(group);
            drainNanos += group.switchNanos;
            opened++;
        }
        group.members.put(request, prefillNanos);
        group.everJoined++;
        group.prefillNanos += prefillNanos;
        groupOf.put(request, group);
        drainNanos += prefillNanos;
        joined++;
    }

    /// Takes a request out.
    ///
    /// @return whether it was in
    boolean remove(T request) {
        Group<T> group = groupOf.remove(request);
        if (group == null) {
            return false;
        }
        Long prefillNanos = group.members.remove(request);
        if (prefillNanos != null) {
            group.prefillNanos -= prefillNanos;
            drainNanos -= prefillNanos;
        }
        if (group.members.isEmpty()) {
            groups.remove(group);
            drainNanos -= group.switchNanos;
            byModel.computeIfPresent(group.model, (_, ofModel) -> {
                ofModel.remove(group);
                return ofModel.isEmpty() ? null : ofModel;
            });
        }
        return true;
    }

    /// The groups, in the order they are served.
    SequencedSet<Group<T>> groups() {
        return groups;
    }

    /// The first request of a model.
    Optional<T> firstOf(String model) {
        Deque<Group<T>> ofModel = byModel.get(model);
        return ofModel == null ? Optional.empty() : Optional.of(ofModel.getFirst().first());
    }

    /// How many wait for a model in the first of its groups.
    int waitingOf(String model) {
        Deque<Group<T>> ofModel = byModel.get(model);
        return ofModel == null ? 0 : ofModel.getFirst().size();
    }

    /// The models of its groups, in the order of the alphabet.
    Iterable<String> models() {
        return byModel.keySet();
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /// How long all its prefills and the switches between them take.
    long drainNanos() {
        return drainNanos;
    }

    /// Groups opened so far.
    long opened() {
        return opened;
    }

    /// Requests put in so far.
    long joined() {
        return joined;
    }
}
