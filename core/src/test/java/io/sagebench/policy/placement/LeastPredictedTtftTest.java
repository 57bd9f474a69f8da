package io.sagebench.policy.placement;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.FakeEngine;
import org.junit.jupiter.api.Test;

class LeastPredictedTtftTest {

    @Test
    void aClearlySoonerFirstTokenDecides() {
        assertThat(chosenOf(anEngine("a").predicting(112, 1), anEngine("b").predicting(100, 1).answers(aRequest(9).tokens(1, 50))))
                .isEqualTo("b");
    }

    @Test
    void predictionsWithinATenthAreAlikeAndTheLessLoadedEngineIsChosen() {
        assertThat(chosenOf(anEngine("a").predicting(109, 1), anEngine("b").predicting(100, 1).answers(aRequest(9).tokens(1, 50))))
                .isEqualTo("a");
    }

    private static String chosenOf(FakeEngine... engines) {
        var pool = aPoolOf(engines);
        var request = aRequest(0).build();
        return new LeastPredictedTtft()
                .choose(request, pool.candidatesFor(request), pool)
                .description()
                .id()
                .value();
    }
}
