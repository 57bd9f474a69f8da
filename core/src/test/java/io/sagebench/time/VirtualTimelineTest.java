package io.sagebench.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VirtualTimelineTest implements TimelineContract {

    @Override
    public void play(Consumer<Timeline> script, BooleanSupplier done) {
        var timeline = new VirtualTimeline();
        script.accept(timeline);
        timeline.runUntil(done);
    }

    @Test
    void theClockJumpsToEachEvent() {
        var timeline = new VirtualTimeline();
        timeline.at(1_000_000_000_000L, () -> {});
        timeline.run();
        assertThat(timeline.nowNanos()).isEqualTo(1_000_000_000_000L);
        assertThat(timeline.firedCount()).isEqualTo(1);
    }

    @Test
    void withoutEventsTheRunEndsAndDoneDidNotHold() {
        var timeline = new VirtualTimeline();
        assertThat(timeline.runUntil(() -> false)).isFalse();
        assertThat(timeline.nowNanos()).isZero();
    }

    @Test
    void stopsBeforeTheEventAtWhichDoneHoldsAndCanGoOn() {
        var timeline = new VirtualTimeline();
        var firedAtNanos = new ArrayList<Long>();
        for (long whenNanos = 10; whenNanos <= 50; whenNanos += 10) {
            timeline.at(whenNanos, () -> firedAtNanos.add(timeline.nowNanos()));
        }
        assertThat(timeline.runUntil(() -> firedAtNanos.size() == 2)).isTrue();
        assertThat(firedAtNanos).containsExactly(10L, 20L);
        timeline.run();
        assertThat(firedAtNanos).containsExactly(10L, 20L, 30L, 40L, 50L);
    }

    @Test
    void whatIsPastFiresAtOnceAndTheClockDoesNotRunBackwards() {
        var timeline = new VirtualTimeline();
        var seenNanos = new ArrayList<Long>();
        timeline.at(100, () -> timeline.at(3, () -> seenNanos.add(timeline.nowNanos())));
        timeline.run();
        assertThat(seenNanos).containsExactly(100L);
    }
}
