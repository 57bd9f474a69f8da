package io.sagebench.policy.adaptive;

import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.policy.Policy.Ending;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.WaitingBuilder;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttainmentTest {
    private final Attainment attainment = new Attainment();

    @Test
    void saysNothingAtFirst() {
        attainment.ended(aRequest(0).build(), 10, Ending.COMPLETED, millis(10));
        assertThat(attainment.share()).as("nothing was promised").isEmpty();
    }

    @Test
    void aPromisedEndIsJudgedAtTheEnd() {
        completed(aRequest(0).dueMillis(500), 100, 500);
        assertThat(attainment.share()).hasValue(1);
        completed(aRequest(1).dueMillis(500), 100, 501);
        assertThat(attainment.share().orElseThrow()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void aPromisedFirstTokenIsJudgedWhenItComes() {
        completed(aRequest(0).firstTokenDueMillis(100), 101, 900);
        assertThat(attainment.share()).hasValue(0);
        completed(aRequest(1).firstTokenDueMillis(100), 100, 900);
        assertThat(attainment.share().orElseThrow()).isCloseTo(0.5, within(0.01));
    }

    /// Nine gaps of 10 ms after the first token are 90 ms.
    @Test
    void aPromisedPaceIsJudgedToo() {
        var pace = new ServiceLevel(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(10)));
        completed(aRequest(0).promised(pace), 100, 190);
        assertThat(attainment.share()).hasValue(1);
        completed(aRequest(1).promised(pace), 100, 191);
        assertThat(attainment.share().orElseThrow()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void failuresAndRejectionsBreakPromises() {
        attainment.ended(aRequest(0).dueMillis(500).build(), 0, Ending.FAILED, millis(10));
        attainment.rejected(aRequest(1).dueMillis(500).build(), millis(10));
        assertThat(attainment.share()).hasValue(0);
    }

    @Test
    void whoLeftBeforeItsDeadlineDoesNotCountAndWhoExpiredDoes() {
        attainment.withdrawn(aRequest(0).dueMillis(500).build());
        attainment.look(millis(499));
        attainment.ended(aRequest(1).dueMillis(500).build(), 3, Ending.WITHDRAWN, millis(499));
        assertThat(attainment.share()).isEmpty();
        attainment.withdrawn(aRequest(2).dueMillis(500).build());
        attainment.look(millis(500));
        assertThat(attainment.share()).hasValue(0);
    }

    /// After 5 s an ending weighs 1/e, after another 5 s 1/e².
    @Test
    void thePastFades() {
        completed(aRequest(0).dueMillis(1), 1, 500);
        completed(aRequest(1).atMillis(5_000).dueMillis(1_000), 5_100, 5_500);
        assertThat(attainment.share().orElseThrow()).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
    }

    private void completed(WaitingBuilder builder, long firstAtMillis, long endAtMillis) {
        Waiting request = builder.build();
        attainment.tokens(request, millis(firstAtMillis));
        attainment.tokens(request, millis(endAtMillis));
        attainment.ended(request, 10, Ending.COMPLETED, millis(endAtMillis));
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }
}
