package io.sagebench.journal;

import static io.sagebench.journal.RecordBuilder.aRecordOf;
import static io.sagebench.workload.PlannedRequestBuilder.aPlannedRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.request.Outcome;
import io.sagebench.request.ServiceLevel;
import io.sagebench.request.TimeoutPhase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestRecordTest {

    /// The stream on which load generators disagree: intended at 0, sent at 10 ms; an empty role chunk at 100 ms, "A" at 200, "B C" (two tokens)
    /// at 260, "D" at 300, an empty finish chunk at 301, usage of 4 tokens at 302, `[DONE]` at 310. Empty chunks are no content events.
    private static RecordBuilder theWorkedStream() {
        return aRecordOf(aPlannedRequest(1).tokens(10, 4))
                .sentAtMillis(10)
                .eventAtMillis(200, 1)
                .eventAtMillis(260, 2)
                .eventAtMillis(300, 1)
                .outputTokens(4)
                .endedAtMillis(310);
    }

    @Test
    void theWorkedStreamHasTheNumbersOfOurDefinitions() {
        RequestRecord worked = theWorkedStream().build();
        assertThat(worked.sendLagNanos()).hasValue(10_000_000);
        assertThat(worked.ttftNanos()).as("first content - intended").hasValue(200_000_000);
        assertThat(worked.endToEndNanos()).as("last content - intended").hasValue(300_000_000);
        assertThat(worked.ttftSinceSentNanos()).hasValue(190_000_000);
        assertThat(worked.endToEndSinceSentNanos()).hasValue(290_000_000);
        assertThat(worked.tpotNanos()).hasValueCloseTo(100e6 / 3, within(1e-3));
    }

    @Test
    void latenciesCountFromTheIntendedTimeEvenWhenItIsNotTheStart() {
        RequestRecord late = aRecordOf(aPlannedRequest(1).atMillis(1_000))
                .sentAtMillis(1_700)
                .eventAtMillis(1_900, 1)
                .outputTokens(1)
                .build();
        assertThat(late.ttftNanos()).hasValue(900_000_000);
        assertThat(late.ttftSinceSentNanos()).hasValue(200_000_000);
    }

    @Test
    void anAnswerOfOneTokenHasNoTimePerOutputToken() {
        assertThat(aRecordOf(aPlannedRequest(1)).eventAtMillis(5, 1).outputTokens(1).build().tpotNanos()).isEmpty();
    }

    @Test
    void anAnswerThatIsNotStreamedHasAnEndButNoFirstToken() {
        RequestRecord whole =
                aRecordOf(aPlannedRequest(1)).wholeBodyAtMillis(70).outputTokens(4).build();
        assertThat(whole.endToEndNanos()).hasValue(70_000_000);
        assertThat(whole.ttftNanos()).isEmpty();
        assertThat(whole.tpotNanos()).isEmpty();
    }

    @Test
    void whatWasNeverSentHasNoLagAndNoLatencies() {
        RequestRecord unsent = aRecordOf(aPlannedRequest(1))
                .notSent()
                .outcome(new Outcome.ConnectionFailed("refused"))
                .build();
        assertThat(unsent.sendLagNanos()).isEmpty();
        assertThat(unsent.ttftNanos()).isEmpty();
        assertThat(unsent.endToEndNanos()).isEmpty();
        assertThat(unsent.ttftSinceSentNanos()).isEmpty();
        assertThat(unsent.endToEndSinceSentNanos()).isEmpty();
    }

    @Test
    void aDeadlineIsMetUpToItsLastNanosecond() {
        assertThat(streamPromised(Duration.ofMillis(300)).metServiceLevel()).isTrue();
        assertThat(streamPromised(Duration.ofMillis(300).minusNanos(1)).metServiceLevel()).isFalse();
    }

    @Test
    void theDeadlineCountsFromTheIntendedTime() {
        assertThat(streamPromised(Duration.ofMillis(295)).metServiceLevel()).as("290 ms after it was sent").isFalse();
    }

    @Test
    void everyPromiseMustBeKept() {
        var ttftOnly = new ServiceLevel(Optional.empty(), Optional.of(Duration.ofMillis(200)), Optional.empty());
        var tightTtft = new ServiceLevel(
                Optional.of(Duration.ofSeconds(1)), Optional.of(Duration.ofMillis(199)), Optional.empty());
        var looseTpot = new ServiceLevel(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(34)));
        var tightTpot = new ServiceLevel(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(33)));
        assertThat(streamPromised(ttftOnly).metServiceLevel()).isTrue();
        assertThat(streamPromised(tightTtft).metServiceLevel()).isFalse();
        assertThat(streamPromised(looseTpot).metServiceLevel()).isTrue();
        assertThat(streamPromised(tightTpot).metServiceLevel()).isFalse();
    }

    @Test
    void withoutPromisesCompletingIsEnough() {
        assertThat(streamPromised(ServiceLevel.NONE).metServiceLevel()).isTrue();
    }

    @Test
    void aPromiseAboutTheFirstTokenIsNotMetWhenItCannotBeChecked() {
        RequestRecord whole = aRecordOf(aPlannedRequest(1).firstTokenDueMillis(1_000))
                .wholeBodyAtMillis(5)
                .outputTokens(2)
                .build();
        assertThat(whole.metServiceLevel()).isFalse();
    }

    @Test
    void whatDidNotCompleteMeetsNothing() {
        RequestRecord timedOut = theWorkedStream().outcome(new Outcome.TimedOut(TimeoutPhase.IDLE)).build();
        assertThat(timedOut.isCompleted()).isFalse();
        assertThat(timedOut.metServiceLevel()).isFalse();
    }

    private static RequestRecord streamPromised(Duration endToEnd) {
        return streamPromised(ServiceLevel.endToEnd(endToEnd));
    }

    private static RequestRecord streamPromised(ServiceLevel promised) {
        return aRecordOf(aPlannedRequest(1).promised(promised))
                .sentAtMillis(10)
                .eventAtMillis(200, 1)
                .eventAtMillis(260, 2)
                .eventAtMillis(300, 1)
                .outputTokens(4)
                .build();
    }
}
