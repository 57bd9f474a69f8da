package io.sagebench.engine.sim;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The sequences that wait to be admitted, in the order of the engine's rule.
sealed interface WaitingLine {

    /// The order of arrivals, with preempted sequences at the front.
    static WaitingLine of(EngineProfile.Order order) {
        return switch (order) {
            case FCFS -> new Fcfs();
            case PRIORITY -> new ByPriority();
        };
    }

    /// Most urgent first, then by arrival.
    Comparator<Sequence> URGENCY =
            Comparator.<Sequence>comparingInt(sequence -> sequence.job.priority().band()).thenComparingLong(sequence -> sequence.number);

    /// Who is next; null when nobody waits.
    @Nullable Sequence peek();

    /// Takes out who is next.
    void removeFirst();

    /// A new sequence waits.
    void arrived(Sequence sequence);

    /// A preempted sequence waits again.
    void preempted(Sequence sequence);

    /// Takes one out.
    void remove(Sequence sequence);

    /// All of them.
    Collection<Sequence> all();

    /// First come, first served.
    record Fcfs(Deque<Sequence> line) implements WaitingLine {
        Fcfs() {
            this(new ArrayDeque<>());
        }

        @Override
        public @Nullable Sequence peek() {
            return line.peekFirst();
        }

        @Override
        public void removeFirst() {
            line.removeFirst();
        }

        @Override
        public void arrived(Sequence sequence) {
            line.addLast(sequence);
        }

        @Override
        public void preempted(Sequence sequence) {
            line.addFirst(sequence);
        }

        @Override
        public void remove(Sequence sequence) {
            line.remove(sequence);
        }

        @Override
        public Collection<Sequence> all() {
            return line;
        }
    }

    /// By urgency, where a preempted sequence takes the place its priority and arrival give it.
    record ByPriority(TreeSet<Sequence> line) implements WaitingLine {
        ByPriority() {
            this(new TreeSet<>(URGENCY));
        }

        @Override
        public @Nullable Sequence peek() {
            return line.isEmpty() ? null : line.first();
        }

        @Override
        public void removeFirst() {
            line.removeFirst();
        }

        @Override
        public void arrived(Sequence sequence) {
            line.add(sequence);
        }

        @Override
        public void preempted(Sequence sequence) {
            line.add(sequence);
        }

        @Override
        public void remove(Sequence sequence) {
            line.remove(sequence);
        }

        @Override
        public Collection<Sequence> all() {
            return line;
        }
    }
}
