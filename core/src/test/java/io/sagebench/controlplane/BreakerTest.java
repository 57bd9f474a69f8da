package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.controlplane.Breaker.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final BreakerSettings WITHOUT_JITTER =
            new BreakerSettings(20, 0.5, Duration.ofSeconds(1), Duration.ofSeconds(30), 0, 2);

    private final Breaker breaker = new Breaker(Optional.of(WITHOUT_JITTER), new SplittableRandom(1));

    @Test
    void opensWhenMoreThanHalfOfTheLastTwentyCallsFailed() {
        for (int i = 0; i < 10; i++) {
            assertThat(call(Verdict.BAD)).isFalse();
        }
        assertThat(breaker.permits()).isTrue();
        assertThat(call(Verdict.BAD)).as("the eleventh of twenty").isTrue();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.permits()).isFalse();
        assertThat(breaker.openings()).isEqualTo(1);
        assertThatThrownBy(breaker::begun).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failuresThatTwentyCallsCameAfterAreForgotten() {
        calls(10, Verdict.BAD);
        calls(20, Verdict.GOOD);
        for (int i = 0; i < 10; i++) {
            assertThat(call(Verdict.BAD)).isFalse();
        }
        assertThat(call(Verdict.BAD)).isTrue();
    }

    @Test
    void everySecondFailureIsNotMoreThanHalf() {
        for (int i = 0; i < 100; i++) {
            assertThat(call(i % 2 == 0 ? Verdict.BAD : Verdict.GOOD)).isFalse();
        }
    }

    @Test
    void whatSaysNothingOfTheEngineCountsForNothing() {
        for (int i = 0; i < 10; i++) {
            call(Verdict.BAD);
            calls(5, Verdict.NONE);
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(call(Verdict.BAD)).isTrue();
    }

    @Test
    void onTrialItTakesOneRequestAtATimeAndClosesAfterTwoSuccesses() {
        breaker.trip();
        breaker.tryAgain();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        long first = breaker.begun();
        assertThat(breaker.permits()).as("while one is on trial").isFalse();
        breaker.ended(first, Verdict.GOOD);
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        call(Verdict.GOOD);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aTrialWhoseClientLeftMakesPlaceForAnother() {
        breaker.trip();
        breaker.tryAgain();
        call(Verdict.NONE);
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(breaker.permits()).isTrue();
    }

    @Test
    void eachFailedTrialDoublesTheBackoffUpToTheMostAndSuccessForgetsIt() {
        breaker.trip();
        long[] expectedSeconds = {1, 2, 4, 8, 16, 30, 30};
        for (long seconds : expectedSeconds) {
            assertThat(breaker.backoffNanos()).isEqualTo(seconds * 1_000_000_000L);
            breaker.tryAgain();
            assertThat(call(Verdict.BAD)).isTrue();
        }
        breaker.tryAgain();
        calls(2, Verdict.GOOD);
        breaker.trip();
        assertThat(breaker.backoffNanos()).isEqualTo(1_000_000_000L);
    }

    @Test
    void callsFromBeforeItOpenedSayNothingOfItsTrial() {
        long old = breaker.begun();
        long alsoOld = breaker.begun();
        breaker.trip();
        assertThat(breaker.ended(old, Verdict.BAD)).isFalse();
        breaker.tryAgain();
        assertThat(breaker.ended(alsoOld, Verdict.BAD)).isFalse();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(breaker.permits()).isTrue();
    }

    @Test
    void jitterKeepsABackoffWithinAFifthAndVariesIt() {
        var jittered = new Breaker(Optional.of(BreakerSettings.DEFAULT), new SplittableRandom(7));
        long first = 0;
        boolean varied = false;
        for (int i = 0; i < 50; i++) {
            jittered.trip();
            assertThat(jittered.backoffNanos()).isBetween(800_000_000L, 1_200_000_000L);
            varied |= first != 0 && jittered.backoffNanos() != first;
            first = jittered.backoffNanos();
            jittered.close();
        }
        assertThat(varied).isTrue();
    }

    @Test
    void oneWithoutRulesNeverOpens() {
        var trusting = new Breaker(Optional.empty(), new SplittableRandom(1));
        for (int i = 0; i < 100; i++) {
            assertThat(trusting.ended(trusting.begun(), Verdict.BAD)).isFalse();
        }
        assertThat(trusting.trip()).isFalse();
        assertThat(trusting.permits()).isTrue();
    }

    @Test
    void onlyAnOpenOneTriesAgain() {
        assertThatThrownBy(breaker::tryAgain).isInstanceOf(IllegalStateException.class);
        breaker.trip();
        assertThat(breaker.trip()).as("a second time").isFalse();
    }

    private boolean call(Verdict verdict) {
        return breaker.ended(breaker.begun(), verdict);
    }

    private void calls(int count, Verdict verdict) {
        for (int i = 0; i < count; i++) {
            call(verdict);
        }
    }
}
