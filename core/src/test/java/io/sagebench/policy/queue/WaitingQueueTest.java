package io.sagebench.policy.queue;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Waiting;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class WaitingQueueTest {
    private final WaitingQueue queue =
            new WaitingQueue(Comparator.comparingInt((Waiting request) -> request.priority().band()));

    @Test
    void anEmptyQueueHasNeitherFirstNorLast() {
        assertThat(queue.first()).isEmpty();
        assertThat(queue.last()).isEmpty();
        assertThat(queue.firstServable(aPoolOf(anEngine("a")))).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void whatTiesIsServedInTheOrderOfArrival() {
        queue.add(aRequest(2).build());
        queue.add(aRequest(1).build());
        queue.add(aRequest(3).model("n").build());
        assertThat(queue.first().orElseThrow().sequence()).isEqualTo(1);
        assertThat(queue.last().orElseThrow().sequence()).isEqualTo(3);
    }

    @Test
    void countsEachRequestOnce() {
        queue.add(aRequest(1).build());
        queue.add(aRequest(1).build());
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.remove(aRequest(1).build())).isTrue();
        assertThat(queue.remove(aRequest(1).build())).isFalse();
        assertThat(queue.remove(aRequest(7).model("never").build())).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aRequestThatWaitsForCacheIsNotOvertakenBySmallerOnes() {
        queue.add(aRequest(1).tokens(450, 450).build());
        queue.add(aRequest(2).build());
        var engine = anEngine("a").kvTokens(1_000).runs(aRequest(9).tokens(100, 100));
        assertThat(queue.firstServable(aPoolOf(engine))).isEmpty();
        assertThat(queue.firstServable(aPoolOf(anEngine("a").kvTokens(1_000)))).contains(aRequest(1).tokens(450, 450).build());
    }

    @Test
    void smallerRequestsGoPastItToAnEngineTooSmallToEverRunIt() {
        queue.add(aRequest(1).tokens(450, 450).build());
        queue.add(aRequest(2).build());
        var busy = anEngine("large").kvTokens(1_000).runs(aRequest(9).tokens(100, 100));
        assertThat(queue.firstServable(aPoolOf(busy, anEngine("small").kvTokens(100)))).contains(aRequest(2).build());
    }

    @Test
    void looksPastAModelWithoutRoom() {
        queue.add(aRequest(1).model("n").build());
        queue.add(aRequest(2).model("m").build());
        assertThat(queue.firstServable(aPoolOf(anEngine("a").models("m")))).contains(aRequest(2).model("m").build());
    }
}
