package io.sagebench.workload;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/// Several plans as one, in the order of their intended times; at the same time the plan named first comes first. Indices count anew. In none of
/// them does a request follow the end of another.
final class MergedPlan implements Plan {
    private final List<Plan> parts;

    MergedPlan(List<Plan> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(parts.stream().mapToLong(part -> part.size().orElseThrow()).sum());
    }

    @Override
    public Reading open(long beginAtNanos) {
        var heads = new ArrayList<Head>();
        for (Plan part : parts) {
            Iterator<PlannedRequest> rest = part.open(beginAtNanos);
            if (rest.hasNext()) {
                heads.add(new Head(rest.next(), heads.size(), rest));
            }
        }
        return new Merged(new PriorityQueue<>(heads));
    }

    /// The next request of a part, and what comes after it.
    private record Head(PlannedRequest next, int part, Iterator<PlannedRequest> rest) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            int byTime = Long.compare(next.intendedAtNanos(), other.next.intendedAtNanos());
            return byTime != 0 ? byTime : Integer.compare(part, other.part);
        }
    }

    private static final class Merged implements Reading {
        private final PriorityQueue<Head> heads;
        private long index;

        Merged(PriorityQueue<Head> heads) {
            this.heads = heads;
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public PlannedRequest next() {
            Head first = heads.poll();
            if (first == null) {
                throw new NoSuchElementException("the plan has " + index + " requests");
            }
            if (first.rest.hasNext()) {
                heads.add(new Head(first.rest.next(), first.part, first.rest));
            }
            return first.next.withIndex(index++);
        }
    }
}
