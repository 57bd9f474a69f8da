package io.sagebench.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.request.Outcome;
import io.sagebench.request.TimeoutPhase;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureReasonsTest {
    private final FailureReasons reasons = new FailureReasons();

    @Test
    void listsTheMostFrequentFirst() {
        reasons.add(new Outcome.TimedOut(TimeoutPhase.IDLE));
        reasons.add(new Outcome.HttpError(504, "too late"));
        reasons.add(new Outcome.Truncated());
        reasons.add(new Outcome.HttpError(504, "too late"));

        assertThat(List.copyOf(reasons.mostFrequentFirst().keySet()))
                .containsExactly("http_error 504: too late", "timed_out idle", "truncated");
        assertThat(reasons.mostFrequentFirst()).containsEntry("http_error 504: too late", 2L);
    }

    @Test
    void countsRareOnesTogetherAndShortensLongOnes() {
        for (int i = 0; i < 100; i++) {
            reasons.add(new Outcome.StreamError("error number " + i));
        }
        reasons.add(new Outcome.StreamError("x".repeat(10_000)));

        assertThat(reasons.mostFrequentFirst()).hasSize(17).containsEntry("others", 85L);
        assertThat(reasons.mostFrequentFirst().keySet()).first().isEqualTo("others");
    }
}
