package io.sagebench.engine.sim;

import io.sagebench.engine.sim.EngineProfile.Order;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The sequences that wait to be admitted: in the order of arrivals with preempted ones at the front, or by urgency, where a preempted sequence takes
/// the place that its priority and arrival give it.
final class WaitingLine {
    /// Most urgent first, then by arrival.
    static final Comparator<Sequence> URGENCY =
            Comparator.<Sequence>comparingInt(sequence -> sequence.job.priority().band()).thenComparingLong(sequence -> sequence.number);

    private final TreeSet<Sequence> line;
    private long front;

    WaitingLine(Order order) {
        line = new TreeSet<>(
                switch (order) {
                    case FCFS -> Comparator.comparingLong((Sequence sequence) -> sequence.place);
                    case PRIORITY -> URGENCY;
                });
    }

    /// Who is next; null when nobody waits.
    @Nullable Sequence peek() {
        return line.isEmpty() ? null : line.first();
    }

    /// A new sequence waits.
    void arrived(Sequence sequence) {
        sequence.place = sequence.number;
        line.add(sequence);
    }

    /// A preempted sequence waits again.
    void preempted(Sequence sequence) {
        sequence.place = --front;
        line.add(sequence);
    }

    /// Takes one out.
    void remove(Sequence sequence) {
        line.remove(sequence);
    }

    /// All of them, in order.
    Collection<Sequence> all() {
        return line;
    }
}
