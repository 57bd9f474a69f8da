package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.arrival.ArrivalProcess.ArrivalTimes;
import io.sagebench.random.Seed;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final int[] ONES = {1, 1};

    @Test
    void itsTimesEndWithIt() {
        ArrivalTimes times =
                new TraceArrivals(new Trace("pair", new long[] {5, 9}, ONES, ONES), 2, 1).start(new Seed(1));
        assertThat(times.nextAtNanos()).isEqualTo(5);
        assertThat(times.nextAtNanos()).isEqualTo(9);
        assertThat(times.nextAtNanos()).isEqualTo(ArrivalTimes.NEVER_NANOS);
        assertThat(times.nextAtNanos()).isEqualTo(ArrivalTimes.NEVER_NANOS);
    }

    @Test
    void aSpeedScalesTimesAndKeepsTheirProportions() {
        var trace = new Trace("three", new long[] {0, 10_000_000_000L, 10_000_000_003L}, new int[] {1, 1, 1}, new int[] {1, 1, 1});
        ArrivalTimes times = new TraceArrivals(trace, 3, 4).start(new Seed(1));
        assertThat(times.nextAtNanos()).isZero();
        assertThat(times.nextAtNanos()).isEqualTo(2_500_000_000L);
        assertThat(times.nextAtNanos()).as("to the nearest nanosecond").isEqualTo(2_500_000_001L);
        assertThat(new TraceArrivals(trace, 2, 4).meanPerSecond()).isEqualTo(0.8); // 2 requests in 2.5 s
    }

    @Test
    void laterChangesOfTheArraysDoNotChangeIt() {
        long[] atNanos = {0, 1};
        int[] lengths = {2, 3};
        var trace = new Trace("copied", atNanos, lengths, lengths);
        atNanos[1] = 99;
        lengths[1] = 99;
        assertThat(trace.atNanos(1)).isEqualTo(1);
        assertThat(trace.promptTokens(1)).isEqualTo(3);
        assertThat(trace.outputTokens(1)).isEqualTo(3);
    }

    @Test
    void saysWhichRequestIsWrong() {
        assertThatThrownBy(() -> new Trace("t", new long[] {3, 2}, ONES, ONES))
                .hasMessage("time of trace request 1 must be at least 3, but was 2");
        assertThatThrownBy(() -> new Trace("t", new long[] {-1, 2}, ONES, ONES)).hasMessageContaining("trace request 0");
        assertThatThrownBy(() -> new Trace("t", new long[] {1, 2}, new int[] {1, 0}, ONES))
                .hasMessage("prompt length of trace request 1 must be at least 1, but was 0");
        assertThatThrownBy(() -> new Trace("t", new long[] {1, 2}, ONES, new int[] {1}))
                .hasMessage("the columns of a trace must have the same length");
    }

    @Test
    void cannotBeReplayedBeyondItsEnd() {
        assertThatThrownBy(() -> new WorkloadSpec.Load.Replayed(new Trace("t", new long[] {1, 2}, ONES, ONES), 3))
                .hasMessage("the trace has 2 requests, but 3 are asked for");
    }
}
