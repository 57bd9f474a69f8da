package io.sagebench.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.RawResults;
import io.sagebench.report.SampleReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each sample has 1000 requests offered at 100 a second, so that they arrive over 9.99 s, and a longest latency of 0.423 s: the load allows
/// 1000 / 10.413 s = 96.03 req/s, of which 95 % are 91.23.
class KneeTest {
    private static final RawResults NONE = new RawResults.Inline(List.of());

    @Test
    void isTheHighestRateWithEnoughThroughput() {
        assertThat(sweep(at(10, 95, 0.99, 0), at(50, 91.3, 0.99, 0), at(100, 91.2, 0.99, 0)).knee())
                .contains(new Knee(50, 91.3, false));
    }

    @Test
    void liesBelowTheRateAtWhichPromisesAreLost() {
        assertThat(sweep(at(10, 95, 0.99, 0), at(50, 95, 0.94, 0), at(100, 95, 0.93, 0)).knee())
                .as("5 points below the best are allowed")
                .contains(new Knee(50, 95, false));
    }

    @Test
    void liesBelowTheRateAtWhichRequestsFail() {
        assertThat(sweep(at(10, 95, 0.99, 50), at(50, 95, 0.99, 51)).knee()).contains(new Knee(10, 95, false));
    }

    @Test
    void saysWhenTheHighestRateIsServedToo() {
        assertThat(sweep(at(50, 95, 0.99, 0), at(10, 95, 0.99, 0)).knee()).contains(new Knee(50, 95, true));
    }

    @Test
    void isNotBeyondARateThatIsNotServed() {
        assertThat(sweep(at(10, 95, 0.99, 0), at(50, 80, 0.99, 0), at(100, 95, 0.99, 0)).knee()).contains(new Knee(10, 95, false));
    }

    @Test
    void isUnknownWhenNoRateIsServed() {
        assertThat(sweep(at(10, 60, 0.99, 0)).knee()).isEmpty();
        assertThat(sweep().knee()).isEmpty();
    }

    @Test
    void leavesOutWhatWasCutShort() {
        var cut = new RateResult(50, SampleReport.policy("fifo", 95, 0.99, 0, 0, 0), true, NONE);
        assertThat(sweep(at(10, 95, 0.99, 0), cut).knee()).contains(new Knee(10, 95, true));
    }

    private static PolicySweep sweep(RateResult... rates) {
        return new PolicySweep("fifo", List.of(rates));
    }

    private static RateResult at(double rate, double throughput, double attainment, long failed) {
        return new RateResult(rate, SampleReport.policy("fifo", throughput, attainment, failed, 0, 0), false, NONE);
    }
}
