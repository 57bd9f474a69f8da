package io.sagebench.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.metrics.Validity.Verdict;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ValidityRuleTest {

    @Test
    void aClientThatKeptItsScheduleAndHadRoomIsValid() {
        Validity validity = ValidityRule.judge(
                lag(4.99), ttft(20), new ClientHealth(OptionalDouble.of(0.95), OptionalDouble.of(0.01), 90_000_000, 0));
        assertThat(validity.verdict()).isEqualTo(Verdict.VALID);
        assertThat(validity.reasons()).isEmpty();
    }

    @Test
    void aSendLagAboveFiveMillisecondsIsTooMuch() {
        Validity validity = ValidityRule.judge(lag(5.1), ttft(20), ClientHealth.PERFECT);
        assertThat(validity.verdict()).isEqualTo(Verdict.CLIENT_LIMITED);
        assertThat(validity.reasons())
                .containsExactly("send lag p99 is 5.1 ms, above 5.0 ms: requests left later than planned");
    }

    @Test
    void aSlowServerAllowsALagOfFivePercentOfItsMedianTtft() {
        assertThat(ValidityRule.judge(lag(49), ttft(1_000), ClientHealth.PERFECT).verdict()).isEqualTo(Verdict.VALID);
        assertThat(ValidityRule.judge(lag(51), ttft(1_000), ClientHealth.PERFECT).reasons())
                .containsExactly("send lag p99 is 51.0 ms, above 50.0 ms: requests left later than planned");
    }

    @Test
    void withoutTtftTheLimitIsFiveMilliseconds() {
        assertThat(ValidityRule.judge(lag(6), Optional.empty(), ClientHealth.PERFECT).verdict())
                .isEqualTo(Verdict.CLIENT_LIMITED);
    }

    @Test
    void nothingSentIsNoReason() {
        assertThat(ValidityRule.judge(Optional.empty(), Optional.empty(), ClientHealth.PERFECT).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aBusyProcessorLongPausesAndLackOfSocketsAreReasonsOfTheirOwn() {
        Validity validity = ValidityRule.judge(
                lag(1),
                ttft(20),
                new ClientHealth(OptionalDouble.of(0.97), OptionalDouble.of(0.02), 150_000_000, 3));
        assertThat(validity.verdict()).isEqualTo(Verdict.CLIENT_LIMITED);
        assertThat(validity.reasons())
                .containsExactly(
                        "the process used 97 % of all processor cores",
                        "garbage collection paused the process for 2.0 % of the time, up to 150 ms at once",
                        "3 connections failed for want of local file descriptors or ports (see ulimit -n)");
    }

    @Test
    void aLimitThatHeldSendsBackIsAReason() {
        Validity validity = ValidityRule.judge(lag(1), ttft(20), ClientHealth.PERFECT.holdingBack(12));
        assertThat(validity.verdict()).isEqualTo(Verdict.CLIENT_LIMITED);
        assertThat(validity.reasons())
                .containsExactly("the limit on requests in flight (--max-in-flight) held 12 sends back: the server was offered less than planned");
    }

    private static Optional<LatencySummary> lag(double millis) {
        var samples = new Samples();
        samples.add(Math.round(millis * 1e6));
        return samples.summary();
    }

    private static Optional<LatencySummary> ttft(double millis) {
        return lag(millis);
    }
}
