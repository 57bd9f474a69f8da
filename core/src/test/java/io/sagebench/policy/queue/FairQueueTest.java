package io.sagebench.policy.queue;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.FakePool;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.WaitingBuilder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Prompt tokens count 1, output tokens 2. Requests have 10 prompt tokens.
class FairQueueTest {
    private final Map<Long, Integer> ranks = new HashMap<>();
    private final FairQueue queue = new FairQueue(
            request -> ranks.getOrDefault(request.sequence(), 0), Comparator.comparingLong(Waiting::sequence), 1, 2);
    private final FakePool roomy = aPoolOf(anEngine("a").maxConcurrent(100).kvTokens(100_000));

    @Test
    void isEmptyAtFirst() {
        assertThat(queue.first()).isEmpty();
        assertThat(queue.last()).isEmpty();
        assertThat(queue.firstServable(roomy)).isEmpty();
        assertThat(queue.size()).isZero();
        assertThat(queue.remove(of(1, "x").build())).isFalse();
    }

    @Test
    void theTenantThatHadTheLeastGoesFirst() {
        add(of(0, "a"), of(1, "a"), of(2, "a"), of(3, "b"), of(4, "b"));
        assertThat(serve()).as("both at 0: who came first").isEqualTo(0); // a 10
        assertThat(serve()).isEqualTo(3); // b 10
        assertThat(serve()).isEqualTo(1); // a 20
        queue.tokens(of(3, "b").build(), 6); // b 22
        assertThat(serve()).isEqualTo(2); // a 30
        assertThat(serve()).isEqualTo(4);
        assertThat(queue.counters()).isEqualTo(Map.of("a", 30.0, "b", 32.0));
    }

    @Test
    void whoBeginsToWaitIsLiftedToTheLeastOfThoseThatWait() {
        add(of(0, "a"), of(1, "a"), of(2, "a"));
        serve();
        serve(); // a 20, one left
        add(of(3, "b"), of(4, "b"));
        assertThat(queue.counters()).containsEntry("b", 20.0);
        assertThat(serve()).isEqualTo(2); // a 30
        assertThat(serve()).isEqualTo(3);
    }

    @Test
    void whenNobodyWaitsItIsLiftedToTheOneThatLeftLast() {
        add(of(0, "a"));
        serve();
        queue.tokens(of(0, "a").build(), 45); // a 100, also after it left
        add(of(1, "b"));
        assertThat(queue.counters()).containsEntry("b", 100.0);
    }

    @Test
    void liftingTakesNothingAway() {
        add(of(0, "a"), of(1, "b"));
        serve();
        queue.tokens(of(0, "a").build(), 50); // a 110, b 0 waits
        add(of(2, "a"));
        assertThat(queue.counters()).containsEntry("a", 110.0).containsEntry("b", 0.0);
    }

    @Test
    void requestsWithoutTenantAreOneTenant() {
        queue.add(aRequest(0).build());
        queue.add(aRequest(1).build());
        add(of(2, "b"));
        assertThat(serve()).isEqualTo(0);
        assertThat(serve()).isEqualTo(2);
        assertThat(queue.counters()).containsOnlyKeys("", "b");
    }

    @Test
    void aPlaceIsNotLeftUnusedForFairness() {
        add(of(0, "a").model("n"), of(1, "b"));
        queue.tokens(of(1, "b").build(), 1_000);
        var pool = aPoolOf(anEngine("n").models("n").maxConcurrent(1).answers(aRequest(9)), anEngine("m"));
        assertThat(queue.firstServable(pool)).contains(of(1, "b").build());
    }

    @Test
    void aRequestThatWaitsForCacheIsNotOvertakenByAnotherTenant() {
        add(of(0, "a").tokens(450, 450), of(1, "b"));
        var engine = anEngine("a").kvTokens(1_000).runs(aRequest(9).tokens(100, 100));
        assertThat(queue.firstServable(aPoolOf(engine))).isEmpty();
        assertThat(queue.firstServable(aPoolOf(engine, anEngine("small").kvTokens(100)))).contains(of(1, "b").build());
    }

    @Test
    void rankComesBeforeFairness() {
        ranks.put(1L, 1);
        add(of(0, "a"), of(1, "b"), of(2, "a"));
        assertThat(serve()).isEqualTo(0);
        assertThat(serve()).isEqualTo(2);
        assertThat(queue.first().orElseThrow().sequence()).isEqualTo(1);
        assertThat(serve()).isEqualTo(1);
    }

    @Test
    void aMoveToAnotherRankIsNoNewBeginning() {
        ranks.put(0L, 1);
        add(of(0, "a"), of(1, "b"));
        queue.tokens(of(1, "b").build(), 500);
        queue.moved(of(0, "a").build(), () -> ranks.put(0L, 0));
        assertThat(queue.counters()).containsEntry("a", 0.0);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(serve()).isEqualTo(0);
    }

    @Test
    void whatIsMovedButDoesNotWaitStaysOut() {
        queue.moved(of(0, "a").build(), () -> ranks.put(0L, 0));
        assertThat(queue.size()).isZero();
    }

    @Test
    void theLastIsTheNewestOfTheTenantThatHadTheMost() {
        add(of(0, "a"), of(1, "a"), of(2, "b"));
        queue.tokens(of(0, "a").build(), 1);
        assertThat(queue.last().orElseThrow().sequence()).isEqualTo(1);
    }

    private static WaitingBuilder of(long sequence, String tenant) {
        return aRequest(sequence).tenant(tenant);
    }

    private void add(WaitingBuilder... requests) {
        for (WaitingBuilder request : requests) {
            queue.add(request.build());
        }
    }

    private long serve() {
        Waiting first = queue.firstServable(roomy).orElseThrow();
        queue.dispatched(first);
        return first.sequence();
    }
}
