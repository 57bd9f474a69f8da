package io.sagebench.policy.aegaeon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineLoad;
import io.sagebench.engine.sim.multimodel.CardModel;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AegaeonCardTest {
    /// A switch takes 0.5 s once weights lie ready; steps of a take 25 ms, of b 50 ms, so that n is 4 and 2. KV caches are next to nothing.
    private static final MultiModelProfile GOLDEN = new MultiModelProfile(
            "golden",
            25_000_000_000L,
            10e9,
            500_000_000,
            Map.of(
                    "a", new CardModel(10_000_000_000L, 1_000, 100_000, CardRun.steps(25, 0, 0)),
                    "b", new CardModel(10_000_000_000L, 1_000, 100_000, CardRun.steps(50, 0, 0))));
    private static final AegaeonSettings LONG_ROUNDS = new AegaeonSettings(8, 4, 0.5, 1, 20_000_000_000L, 100_000_000);

    /// How many tokens came in each turn: between gaps of more than 0.3 s.
    private static List<Integer> tokensInTurns(EngineLoad.Job job) {
        List<Integer> turns = new ArrayList<>(List.of(0));
        long before = job.tokenNanos().getFirst();
        for (long atNanos : job.tokenNanos()) {
            if (atNanos - before > 300_000_000) {
                turns.add(0);
            }
            turns.add(turns.removeLast() + 1);
            before = atNanos;
        }
        return turns;
    }

    /// The first golden vector: c = 1, n = 4 and 2, so q = 2 s and 4 s: 80 steps each after the first.
    @Test
    void twoModelsDecodeForTheirQuotas() {
        var run = new CardRun(GOLDEN, LONG_ROUNDS);
        EngineLoad.Job a = run.load.job(0, "a", 100, 9_000);
        EngineLoad.Job b = run.load.job(0, "b", 100, 9_000);
        run.timeline.runUntil(() -> a.tokenNanos().size() == 8_500);
        Quotas quotas = run.schedulers.getLast().quotas().orElseThrow();
        assertThat(quotas.switchSeconds()).as("measured: only the fixed part is left").isCloseTo(1, within(0.001));
        assertThat(quotas.alpha()).isCloseTo(0.875, within(0.001));
        assertThat(quotas.seconds().get(0)).isCloseTo(2, within(0.01));
        assertThat(quotas.seconds().get(1)).isCloseTo(4, within(0.01));
        for (EngineLoad.Job job : List.of(a, b)) {
            List<Integer> turns = tokensInTurns(job);
            assertThat(turns.subList(turns.size() - 10, turns.size() - 1)).allMatch(tokens -> tokens >= 80 && tokens <= 82);
        }
    }

    @Test
    void aModelThatIsAloneRunsWithoutAPauseUntilAnotherComes() {
        var run = new CardRun(GOLDEN, LONG_ROUNDS);
        EngineLoad.Job alone = run.load.job(0, "a", 100, 2_000);
        EngineLoad.Job other = run.load.job(30_000_000_000L, "b", 100, 10);
        run.timeline.run();
        List<Integer> turns = tokensInTurns(alone);
        assertThat(turns.getFirst()).as("from 1.5 s to 30 s").isBetween(1_130, 1_145);
        assertThat(turns).hasSize(2);
        assertThat(other.tokenNanos().getFirst() / 1e9).as("it has run for longer than its quota: a cold switch, and its prefill").isCloseTo(31.575, within(0.1));
        assertThat(alone.tokenNanos()).hasSize(2_000);
    }

    @Test
    void aPromptOfTheLoadedModelIsPrefilledAtOnceAndJoinsTheBatch() {
        var run = new CardRun(GOLDEN, LONG_ROUNDS);
        run.load.job(0, "a", 100, 500);
        run.load.job(0, "b", 100, 500);
        EngineLoad.Job late = run.load.job(2_000_000_000L, "a", 100, 20);
        run.timeline.run();
        assertThat(late.tokenNanos().getFirst()).isLessThan(2_060_000_000L);
        assertThat(late.tokenNanos().getLast()).isLessThan(2_060_000_000L + 20 * 26_000_000L);
    }

    /// Prompts of a keep coming, and take three fifths of the time. Those of b are due 4 s after their arrival, less their switch.
    @Test
    void aPromptThatIsDueGoesBeforeThoseOfTheLoadedModel() {
        var busy = new MultiModelProfile(
                "busy",
                25_000_000_000L,
                10e9,
                500_000_000,
                Map.of(
                        "a", new CardModel(10_000_000_000L, 1_000, 100_000, CardRun.steps(5, 500, 0)),
                        "b", new CardModel(10_000_000_000L, 1_000, 100_000, CardRun.steps(5, 500, 0))));
        var run = new CardRun(busy, new AegaeonSettings(8, 4, 0.5, 1, 5_000_000_000L, 100_000_000));
        List<EngineLoad.Job> prompts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            run.load.job(500_000_000L * i, "a", 600, 5);
            if (i % 10 == 5) {
                prompts.add(run.load.job(500_000_000L * i, "b", 100, 5));
            }
        }
        run.timeline.run();
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(prompts.get(i).tokenNanos().getFirst() / 1e9 - (2.5 + 5 * i)).as("prompt %s", i).isLessThan(5);
        }
    }

    @Test
    void aBatchThatOutgrowsTheCardIsSplitAndAllOfItEnds() {
        var narrow = new MultiModelProfile("narrow", 1_500, 1e6, 1_000_000, Map.of("a", new CardModel(100, 1, 1_200, CardRun.steps(1, 0, 0))));
        var run = new CardRun(narrow, CardRun.PAPER);
        for (int i = 0; i < 6; i++) {
            run.load.job(0, "a", 200, 900); // 1,100 tokens each in the end, and room for 1,400
        }
        run.timeline.run();
        assertThat(run.load.jobs()).allMatch(job -> job.tokenNanos().size() == 900 && job.result() != null);
        assertThat(run.engine.stats().preemptions()).isPositive();
    }

    private static CardRun random(long seed) {
        var chance = new SplittableRandom(seed);
        var settings = new AegaeonSettings(
                chance.nextInt(1, 9), List.of(0.01, 0.1, 4.0).get(chance.nextInt(3)), 0.5, 1, chance.nextLong(20_000_000, 2_000_000_000), 5_000_000);
        var run = new CardRun(CardRun.TIGHT, settings);
        for (int i = 0; i < 200; i++) {
            long atNanos = chance.nextLong(2_000_000_000L);
            EngineLoad.Job job =
                    run.load.job(atNanos, List.of("a", "b", "c").get(chance.nextInt(3)), chance.nextInt(1, 150), chance.nextInt(1, 100));
            if (chance.nextInt(5) == 0) {
                run.timeline.at(atNanos + chance.nextLong(1_000_000_000L), job::cancel);
            }
        }
        if (chance.nextBoolean()) { // others take over now and then, or it sleeps
            for (int i = 0; i < 20; i++) {
                boolean own = i % 2 == 0;
                run.timeline.at(
                        chance.nextLong(2_500_000_000L), () -> run.engine.scheduleBy(own ? Optional.empty() : Optional.of(run.scheduling)));
            }
            run.timeline.at(2_500_000_000L, () -> run.engine.scheduleBy(Optional.of(run.scheduling)));
            run.timeline.at(1_000_000_000L, run.engine::sleep);
            run.timeline.at(1_200_000_000L, run.engine::wake);
        }
        return run;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyRequestEndsOnceWithAllItsTokens(long seed) {
        CardRun run = random(seed);
        run.timeline.run();
        for (EngineLoad.Job job : run.load.jobs()) {
            assertThat(job.isCancelled() != (job.result() != null)).as("%s", job.asked()).isTrue();
            if (!job.isCancelled()) {
                assertThat(job.tokenNanos()).hasSize(job.asked().maxOutputTokens()).isSorted();
            }
        }
        assertThat(run.engine.stats().running()).isZero();
        assertThat(run.engine.stats().waiting()).isZero();
        assertThat(run.engine.stats().kvUsage()).isBetween(0.0, 1.0);
        long tokens = run.load.jobs().stream().mapToLong(job -> job.tokenNanos().size()).sum();
        assertThat(run.timeline.firedCount()).as("events for %s tokens", tokens).isLessThan(2_000 + 6 * tokens);
    }

    @Test
    void theSameLoadIsServedTheSameWayAgain() {
        for (long seed = 1; seed <= 4; seed++) {
            CardRun one = random(seed);
            CardRun other = random(seed);
            one.timeline.run();
            other.timeline.run();
            assertThat(one.load.log()).isEqualTo(other.load.log()).isNotEmpty();
        }
    }

    @Test
    void aCancelledRequestIsHeardOfNoMoreWhereverItIs() {
        for (int which = 0; which < 4; which++) {
            for (long atNanos = 0; atNanos < 80_000_000; atNanos += 777_777) {
                var run = new CardRun(CardRun.TIGHT, new AegaeonSettings(8, 0.003, 0.5, 1, 1_000_000_000L, 5_000_000));
                for (String model : List.of("a", "b", "c", "a")) {
                    run.load.job(run.load.jobs().size(), model, 100, 20);
                }
                run.timeline.at(atNanos, run.load.jobs().get(which)::cancel);
                run.timeline.run();
                assertThat(run.load.jobs()).allMatch(job -> job.isCancelled() != (job.result() != null));
                assertThat(run.engine.stats().waiting() + run.engine.stats().running()).isZero();
            }
        }
    }

    @Test
    void itCanBeTakenOverAtAnyMoment() {
        for (long atNanos = 0; atNanos < 80_000_000; atNanos += 333_333) {
            var run = new CardRun(CardRun.TIGHT, new AegaeonSettings(8, 0.003, 0.5, 1, 1_000_000_000L, 5_000_000));
            for (String model : List.of("a", "b", "c", "a", "b")) {
                run.load.job(run.load.jobs().size(), model, 100, 20);
            }
            run.timeline.at(atNanos, () -> run.engine.scheduleBy(Optional.empty()));
            run.timeline.at(atNanos + 20_000_000, () -> run.engine.scheduleBy(Optional.of(run.scheduling)));
            run.timeline.run();
            assertThat(run.load.jobs()).as("at %s ns", atNanos).allMatch(job -> job.tokenNanos().size() == 20 && job.result() != null);
        }
    }
}
