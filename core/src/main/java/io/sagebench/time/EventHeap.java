package io.sagebench.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The waiting events of a timeline: a four-ary heap ordered by time; at equal times first the early events by rank and in the order they were made, then
/// the others in the order of arming. Cancelling removes the event at once, so nothing outlives its use. Not safe for use by several threads.
public final class EventHeap {
    private static final int ARITY = 4;
    private static final int RANK_SHIFT = 48; // far more early events of a rank than there will be

    /// An action and its place in the heap. Reused for each arming of its timer.
    public static final class Event {
        private final Runnable action;
        private final boolean early;
        private long whenNanos;
        private long order;
        private int position = -1;

        /// @param action what runs when the event fires
        public Event(Runnable action) {
            this(action, false, 0);
        }

        private Event(Runnable action, boolean early, long order) {
            this.action = action;
            this.early = early;
            this.order = order;
        }

        /// When it fires, in nanoseconds since the run began. Meaningful while it waits.
        public long whenNanos() {
            return whenNanos;
        }

        /// Whether it waits in a heap.
        public boolean isWaiting() {
            return position >= 0;
        }

        /// Runs the action.
        public void run() {
            action.run();
        }

        private boolean isBefore(Event other) {
            return whenNanos < other.whenNanos || (whenNanos == other.whenNanos && order < other.order);
        }
    }

    private @Nullable Event[] events = new Event[64];
    private int size;
    private long armed;
    private long earlyEvents;

    /// A new event that comes before all that are not early and are due at the same time, whenever they were armed.
    ///
    /// @param rank among early events, from 0 on; lower ones come first, and of the same rank those made first
    public Event earlyEvent(int rank, Runnable action) {
        return new Event(action, true, Long.MIN_VALUE + ((long) rank << RANK_SHIFT) + earlyEvents++);
    }

    /// Puts the event in, or moves it when it already waits; it then counts as armed last.
    public void put(Event event, long whenNanos) {
        event.whenNanos = whenNanos;
        if (!event.early) {
            event.order = armed++;
        }
        if (event.position >= 0) {
            int from = event.position;
            siftUp(event, from);
            if (event.position == from) {
                siftDown(event, from);
            }
            return;
        }
        if (size == events.length) {
            events = Arrays.copyOf(events, size * 2);
        }
        siftUp(event, size++);
    }

    /// Takes the event out; harmless when it does not wait.
    public void remove(Event event) {
        int hole = event.position;
        if (hole < 0) {
            return;
        }
        event.position = -1;
        Event last = at(--size);
        events[size] = null;
        if (last != event) {
            siftUp(last, hole);
            if (last.position == hole) {
                siftDown(last, hole);
            }
        }
    }

    /// The next event, left in place; null when none waits.
    public @Nullable Event peek() {
        return size == 0 ? null : events[0];
    }

    /// Takes out the next event; null when none waits.
    public @Nullable Event poll() {
        Event first = peek();
        if (first != null) {
            remove(first);
        }
        return first;
    }

    /// How many events wait.
    public int size() {
        return size;
    }

    private Event at(int index) {
        Event event = events[index];
        if (event == null) {
            throw new IllegalStateException("no event at " + index + " of " + size);
        }
        return event;
    }

    private void siftUp(Event event, int from) {
        int index = from;
        while (index > 0) {
            int parentIndex = (index - 1) / ARITY;
            Event parent = at(parentIndex);
            if (!event.isBefore(parent)) {
                break;
            }
            place(parent, index);
            index = parentIndex;
        }
        place(event, index);
    }

    private void siftDown(Event event, int from) {
        int index = from;
        while (true) {
            int firstChild = index * ARITY + 1;
            if (firstChild >= size) {
                break;
            }
            int lastChild = Math.min(firstChild + ARITY, size);
            Event least = at(firstChild);
            for (int child = firstChild + 1; child < lastChild; child++) {
                Event candidate = at(child);
                if (candidate.isBefore(least)) {
                    least = candidate;
                }
            }
            if (!least.isBefore(event)) {
                break;
            }
            int freed = least.position;
            place(least, index);
            index = freed;
        }
        place(event, index);
    }

    private void place(Event event, int index) {
        events[index] = event;
        event.position = index;
    }
}
