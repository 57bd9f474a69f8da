package io.sagebench.time;

import static org.assertj.core.api.Assertions.assertThat;

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
}
