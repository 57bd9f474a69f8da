package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.random.Seed;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final int[] ONES = {1, 1};

    @Test
    void itsTimesEndWithIt() {
        ArrivalProcess.ArrivalTimes times =
                new TraceArrivals(new Trace("pair", new long[] {5, 9}, ONES, ONES)).start(new Seed(1));
        assertThat(times.nextAtNanos()).isEqualTo(5);
        assertThat(times.nextAtNanos()).isEqualTo(9);
        assertThatThrownBy(times::nextAtNanos)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("trace pair has 2 requests");
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
