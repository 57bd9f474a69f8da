package io.sagebench.policy;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.request.Priority;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every policy.
public interface PolicyContract {
    /// What random requests draw from.
    List<Priority> PRIORITIES = List.of(Priority.values());

    /// A fresh policy.
    Policy create(RandomGenerator chance);

    private Policy create() {
        return create(new SplittableRandom(1));
    }

    @Test
    default void holdsWhenNothingWaits() {
        assertThat(create().next(aPoolOf(anEngine("a")))).isEqualTo(Decision.Hold.UNTIL_AN_EVENT);
    }

    @Test
    default void dispatchesEachRequestOnceWhenThereIsRoom() {
        var trial = new PolicyTrial(create(), aPoolOf(anEngine("a").maxConcurrent(50).kvTokens(100_000)));
        LongStream.range(0, 40).forEach(i -> trial.arrive(aRequest(i)));
        assertThat(trial.decide()).containsExactlyInAnyOrderElementsOf(LongStream.range(0, 40).boxed().toList());
        assertThat(trial.decide()).isEmpty();
    }

    @Test
    default void holdsWhatDoesNotFitAndDispatchesItWhenThereIsRoom() {
        var trial = new PolicyTrial(create(), aPoolOf(anEngine("a").maxConcurrent(1)));
        trial.arrive(aRequest(0), aRequest(1));
        assertThat(trial.decide()).hasSize(1);
        assertThat(trial.decide()).isEmpty();
        assertThat(trial.endAll().decide()).hasSize(1);
        assertThat(trial.waiting()).isEmpty();
    }

    @Test
    default void aModelWithoutRoomDoesNotHoldUpAnother() {
        var trial = new PolicyTrial(
                create(),
                aPoolOf(anEngine("full").models("m").maxConcurrent(1).answers(aRequest(100)), anEngine("idle").models("n")));
        trial.arrive(aRequest(0), aRequest(1), aRequest(2).model("n"), aRequest(3));
        assertThat(trial.decide()).containsExactly(2L);
    }

    @Test
    default void sendsEachModelOnlyToEnginesThatServeItAndDefaultToAny() {
        var trial = new PolicyTrial(
                create(), aPoolOf(anEngine("m").models("m").maxConcurrent(9), anEngine("n").models("n").maxConcurrent(9)));
        trial.arrive(aRequest(0).model("m"), aRequest(1).model("n"), aRequest(2).model("default"), aRequest(3).model("none"));
        assertThat(trial.decide()).containsExactlyInAnyOrder(0L, 1L, 2L);
        Map<Long, String> sentTo = new HashMap<>();
        trial.decisions.forEach(decision -> {
            var dispatch = (Decision.Dispatch) decision;
            sentTo.put(dispatch.request().sequence(), dispatch.engine().value());
        });
        assertThat(sentTo).containsEntry(0L, "m").containsEntry(1L, "n");
    }

    @Test
    default void whatWasWithdrawnNeverComesBack() {
        var trial = new PolicyTrial(create(), aPoolOf(anEngine("a").maxConcurrent(10)));
        trial.arrive(aRequest(0), aRequest(1), aRequest(2).dueMillis(50));
        trial.withdraw(aRequest(1).build());
        trial.withdraw(aRequest(2).dueMillis(50).build());
        assertThat(trial.decide()).containsExactly(0L);
        assertThat(trial.atMillis(100_000).decide()).isEmpty();
    }

    @Test
    default void equalRequestsSpreadOverEqualEngines() {
        var trial = new PolicyTrial(
                create(),
                aPoolOf(
                        anEngine("a").maxConcurrent(100).kvTokens(100_000),
                        anEngine("b").maxConcurrent(100).kvTokens(100_000),
                        anEngine("c").maxConcurrent(100).kvTokens(100_000)));
        LongStream.range(0, 60).forEach(i -> trial.arrive(aRequest(i)));
        trial.decide();
        assertThat(unevenness(trial)).isLessThanOrEqualTo(1.5);
    }

    /// Requests sent to the engine that got the most, over those sent to the one that got the fewest of three.
    private static double unevenness(PolicyTrial trial) {
        var counts = new HashMap<String, Integer>();
        trial.engines().forEach(engine -> counts.merge(engine, 1, Integer::sum));
        assertThat(counts).hasSize(3);
        return (double) Collections.max(counts.values()) / Collections.min(counts.values());
    }

    @Test
    default void equalIdleEnginesTakeTurns() {
        for (boolean promised : new boolean[] {false, true}) {
            var trial = new PolicyTrial(create(), aPoolOf(anEngine("a"), anEngine("b"), anEngine("c")));
            for (int i = 0; i < 300; i++) {
                trial.arrive(promised ? aRequest(i).dueMillis(1_000) : aRequest(i));
                trial.decide();
                trial.endAll();
            }
            assertThat(unevenness(trial)).as("promised: %s", promised).isLessThanOrEqualTo(1.5);
        }
    }

    /// The engine's cache is nearly full of small requests, and whenever one ends there is another that would fit at once.
    @Test
    default void aLargeRequestIsServedThoughSmallOnesKeepComing() {
        var trial = new PolicyTrial(create(), aPoolOf(anEngine("a").maxConcurrent(50).kvTokens(1_000)));
        for (int i = 0; i < 45; i++) {
            trial.arrive(aRequest(i));
        }
        trial.decide();
        trial.arrive(aRequest(1_000).tokens(400, 400));
        for (int i = 0; trial.waiting().contains(aRequest(1_000).tokens(400, 400).build()); i++) {
            assertThat(i).as("small requests served meanwhile").isLessThan(500);
            trial.arrive(aRequest(1_001 + i).atMillis(i * 10L));
            trial.pool().end(trial.pool().running().getFirst());
            trial.atMillis(i * 10L).decide();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    default void underRandomLoadEveryDecisionMakesSenseAndNothingIsLost(long seed) {
        assertThat(decisionsUnderRandomLoad(seed)).hasSizeGreaterThan(200);
    }

    @Test
    default void theSameEventsGiveTheSameDecisions() {
        assertThat(decisionsUnderRandomLoad(7)).isEqualTo(decisionsUnderRandomLoad(7));
    }

    /// Arrivals, withdrawals, completions and time, by lot, and at the end until nothing waits.
    private List<Decision> decisionsUnderRandomLoad(long seed) {
        var chance = new SplittableRandom(seed);
        var trial = new PolicyTrial(
                create(new SplittableRandom(seed + 100)),
                aPoolOf(
                        anEngine("a").models("m").maxConcurrent(3).kvTokens(300),
                        anEngine("b").models("m", "n").maxConcurrent(2).kvTokens(200),
                        anEngine("c").models("n").maxConcurrent(4).kvTokens(2_000)));
        long millis = 0;
        for (int i = 0; i < 1_000; i++) {
            millis += chance.nextInt(400);
            trial.atMillis(millis);
            switch (chance.nextInt(8)) {
                case 0, 1, 2 -> trial.arrive(randomRequest(i, millis, chance));
                case 3 -> {
                    var waiting = List.copyOf(trial.waiting());
                    if (!waiting.isEmpty()) {
                        trial.withdraw(waiting.get(chance.nextInt(waiting.size())));
                    }
                }
                default -> {
                    var running = trial.pool().running();
                    if (!running.isEmpty()) {
                        trial.pool().end(running.get(chance.nextInt(running.size())));
                    }
                }
            }
            trial.decide();
        }
        for (int rounds = 0; !trial.waiting().isEmpty(); rounds++) {
            assertThat(rounds).as("what waits is served in the end: %s", trial.waiting()).isLessThan(500);
            trial.endAll().atMillis(millis += 100).decide();
        }
        return trial.decisions;
    }

    private static Waiting randomRequest(long sequence, long millis, SplittableRandom chance) {
        WaitingBuilder request = aRequest(sequence)
                .atMillis(millis)
                .model(chance.nextBoolean() ? "m" : "n")
                .priority(PRIORITIES.get(chance.nextInt(PRIORITIES.size())))
                .tokens(chance.nextInt(1, 150), chance.nextInt(1, 50));
        return switch (chance.nextInt(3)) {
            case 0 -> request.dueMillis(chance.nextLong(1, 5_000)).build();
            case 1 -> request.firstTokenDueMillis(chance.nextLong(1, 1_000)).build();
            default -> request.build();
        };
    }
}
