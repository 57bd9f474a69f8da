package io.sagebench.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeapTest {
    private final EventHeap heap = new EventHeap();

    @Test
    void anEmptyHeapHasNoNextEvent() {
        assertThat(heap.peek()).isNull();
        assertThat(heap.poll()).isNull();
        assertThat(heap.size()).isZero();
    }

    @Test
    void eventsOfTheSameTimeComeOutInTheOrderTheyWentIn() {
        var events = new ArrayList<EventHeap.Event>();
        for (int i = 0; i < 1000; i++) {
            events.add(event());
            heap.put(events.getLast(), 7);
        }
        assertThat(drained()).containsExactlyElementsOf(events);
    }

    @Test
    void movingAnEventToItsOwnTimePutsItBehindTheOthersOfThatTime() {
        EventHeap.Event moved = event();
        EventHeap.Event other = event();
        heap.put(moved, 5);
        heap.put(other, 5);
        heap.put(moved, 5);
        assertThat(drained()).containsExactly(other, moved);
    }

    @Test
    void removingWhatDoesNotWaitIsHarmless() {
        EventHeap.Event never = event();
        EventHeap.Event gone = event();
        heap.put(gone, 1);
        heap.poll();
        assertThatCode(() -> {
                    heap.remove(never);
                    heap.remove(gone);
                })
                .doesNotThrowAnyException();
        assertThat(gone.isWaiting()).isFalse();
        assertThat(heap.size()).isZero();
    }

    /// The model is a sorted map from (time, order of arming) to event; times come from a small range, so that ties are common.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASortedMapUnderRandomPutsMovesRemovesAndPolls(long seed) {
        record Key(long whenNanos, long order) {}
        var chance = new SplittableRandom(seed);
        var model = new TreeMap<Key, EventHeap.Event>(
                Comparator.comparingLong(Key::whenNanos).thenComparingLong(Key::order));
        var keys = new java.util.HashMap<EventHeap.Event, Key>();
        List<EventHeap.Event> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(event());
        }
        long order = 0;
        for (int step = 0; step < 50_000; step++) {
            EventHeap.Event event = events.get(chance.nextInt(events.size()));
            switch (chance.nextInt(4)) {
                case 0, 1 -> {
                    Key old = keys.remove(event);
                    if (old != null) {
                        model.remove(old);
                    }
                    var key = new Key(chance.nextLong(50), order++);
                    keys.put(event, key);
                    model.put(key, event);
                    heap.put(event, key.whenNanos());
                }
                case 2 -> {
                    Key old = keys.remove(event);
                    if (old != null) {
                        model.remove(old);
                    }
                    heap.remove(event);
                }
                default -> {
                    var expected = model.pollFirstEntry();
                    EventHeap.Event polled = heap.poll();
                    assertThat(polled).isSameAs(expected == null ? null : expected.getValue());
                    if (expected != null) {
                        keys.remove(expected.getValue());
                        assertThat(expected.getValue().whenNanos()).isEqualTo(expected.getKey().whenNanos());
                    }
                }
            }
            assertThat(heap.size()).isEqualTo(model.size());
            assertThat(event.isWaiting()).isEqualTo(keys.containsKey(event));
        }
        assertThat(drained()).containsExactlyElementsOf(model.values());
    }

    private List<EventHeap.Event> drained() {
        var drained = new ArrayList<EventHeap.Event>();
        for (EventHeap.Event next = heap.poll(); next != null; next = heap.poll()) {
            drained.add(next);
        }
        return drained;
    }

    private static EventHeap.Event event() {
        return new EventHeap.Event(() -> {});
    }
}
