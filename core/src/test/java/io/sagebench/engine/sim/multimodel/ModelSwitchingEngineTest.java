package io.sagebench.engine.sim.multimodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineLoad;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Times are worked out by hand: a request is queued after 2 ms, each prefill and each step takes 1 ms, a byte on the link 1 us, a switch 1 ms
/// besides its weights; those of x are 4,000 bytes, those of y 3,000, and a token of KV cache is 10 bytes.
class ModelSwitchingEngineTest {
    private static final MultiModelProfile PROFILE = new MultiModelProfile(
            "test",
            20_000,
            1e6,
            1_000_000,
            Map.of(
                    "x", new CardModel(4_000, 10, 1_000, CardTrial.steps(1, 0, 0)),
                    "y", new CardModel(3_000, 10, 1_000, CardTrial.steps(1, 0, 0))));
    private static final SwitchingLimits PATIENT = new SwitchingLimits(4, 1_000_000_000, false, 2_000_000);

    private final VirtualTimeline timeline = new VirtualTimeline();

    private ModelSwitchingEngine engine(SwitchingLimits limits) {
        return ModelSwitchingEngine.simulated(timeline, new EngineId("e"), PROFILE, limits);
    }

    private EngineLoad load(SwitchingLimits limits) {
        return new EngineLoad(timeline, engine(limits));
    }

    @Test
    void theFirstRequestLoadsItsModel() {
        EngineLoad load = load(PATIENT);
        EngineLoad.Job job = load.job(0, "x", 100, 3);
        timeline.run();
        // 2 ms, 4 + 1 ms for the switch, 1 ms of prefill and two steps
        assertThat(job.tokenNanos()).containsExactly(8_000_000L, 9_000_000L, 10_000_000L);
        assertThat(job.result()).isEqualTo(new EngineResult(100, 0, 3));
        assertThat(job.endNanos()).isEqualTo(10_000_000);
    }

    @Test
    void requestsForTheLoadedModelShareItsSteps() {
        EngineLoad load = load(PATIENT);
        EngineLoad.Job one = load.job(0, "x", 100, 3);
        EngineLoad.Job other = load.job(1, "x", 100, 2);
        EngineLoad.Job late = load.job(7_500_000, "x", 100, 2); // queued during the last common step
        timeline.run();
        assertThat(one.tokenNanos()).containsExactly(8_000_000L, 10_000_000L, 12_000_000L);
        assertThat(other.tokenNanos()).containsExactly(9_000_000L, 10_000_000L);
        assertThat(late.tokenNanos()).as("its prefill goes before a step").containsExactly(11_000_000L, 12_000_000L);
    }

    @Test
    void modelsTakeTurnsInTheOrderOfTheirFirstRequests() {
        EngineLoad load = load(PATIENT);
        EngineLoad.Job first = load.job(0, "x", 100, 3);
        EngineLoad.Job second = load.job(1, "y", 100, 2);
        EngineLoad.Job third = load.job(5_100_000, "x", 100, 2); // queued 0.1 ms after the turn of x began
        timeline.run();
        assertThat(first.endNanos()).isEqualTo(10_000_000);
        assertThat(second.endNanos()).as("3 + 1 ms, prefill, step").isEqualTo(16_000_000);
        assertThat(third.endNanos()).as("it may not overtake; 4 + 1 ms, prefill, step").isEqualTo(23_000_000);
    }

    @Test
    void allThatWaitWhenTheTurnBeginsShareIt() {
        EngineLoad load = load(PATIENT);
        EngineLoad.Job first = load.job(0, "x", 100, 3);
        EngineLoad.Job other = load.job(1, "y", 100, 2);
        EngineLoad.Job second = load.job(2, "x", 100, 2);
        timeline.run();
        // x is there at 7 ms: two prefills, two steps
        assertThat(second.endNanos()).isEqualTo(10_000_000);
        assertThat(first.endNanos()).isEqualTo(11_000_000);
        assertThat(other.endNanos()).isEqualTo(17_000_000);
    }

    @Test
    void theNextModelIsFetchedBesideTheBatch() {
        EngineLoad load = load(new SwitchingLimits(4, 1_000_000_000, true, 2_000_000));
        EngineLoad.Job first = load.job(0, "x", 100, 3);
        EngineLoad.Job second = load.job(1, "y", 100, 2);
        EngineLoad.Job third = load.job(5_100_000, "x", 100, 2);
        timeline.run();
        assertThat(first.endNanos()).isEqualTo(10_000_000);
        // y is fetched from 7 to 10 ms: 1 ms fixed, prefill, step
        assertThat(second.endNanos()).isEqualTo(13_000_000);
        // x is fetched from 11 to 15 ms
        assertThat(third.endNanos()).isEqualTo(18_000_000);
    }

    @Test
    void aBatchThatTakesTooLongIsMovedOutAndGoesOnInItsNextTurn() {
        EngineLoad load = load(new SwitchingLimits(4, 3_000_000, false, 2_000_000));
        EngineLoad.Job longer = load.job(0, "x", 100, 50);
        EngineLoad.Job shorter = load.job(1, "y", 100, 2);
        timeline.run();
        // x begins at 7 ms and goes on until 10 ms: then its 102 tokens move out for 1.02 ms, y comes for 3 + 1 ms
        assertThat(longer.tokenNanos().subList(0, 3)).containsExactly(8_000_000L, 9_000_000L, 10_000_000L);
        assertThat(shorter.tokenNanos()).containsExactly(16_020_000L, 17_020_000L);
        // x comes back for 4 + 1 ms and its KV cache for 1.02 ms
        assertThat(longer.tokenNanos().get(3)).isEqualTo(17_020_000 + 5_000_000 + 1_020_000 + 1_000_000);
        assertThat(longer.tokenNanos()).hasSize(50);
        assertThat(longer.endNanos()).isEqualTo(24_040_000 + 46 * 1_000_000);
    }

    @Test
    void anImpatientEngineStillTakesAStepInEachTurn() {
        EngineLoad load = load(new SwitchingLimits(4, 0, true, 0));
        EngineLoad.Job one = load.job(0, "x", 10, 20);
        EngineLoad.Job other = load.job(1, "y", 10, 20);
        timeline.run();
        assertThat(one.tokenNanos()).hasSize(20);
        assertThat(other.tokenNanos()).hasSize(20);
    }

    @Test
    void aBatchThatOutgrowsTheMemoryLosesTheLastForAWhile() {
        var narrow = new MultiModelProfile(
                "narrow", 250, 1e6, 1_000_000, Map.of("x", new CardModel(100, 1, 1_000, CardTrial.steps(1, 0, 0))));
        var engine = ModelSwitchingEngine.simulated(timeline, new EngineId("e"), narrow, new SwitchingLimits(4, 0, false, 0));
        var load = new EngineLoad(timeline, engine);
        EngineLoad.Job first = load.job(0, "x", 10, 100);
        EngineLoad.Job second = load.job(0, "x", 10, 100);
        timeline.run();
        // 0.1 + 1 ms, two prefills, and 65 steps until both hold 75 of the 150 tokens there is room for; then the second moves out for 0.075 ms
        assertThat(engine.stats().preemptions()).isEqualTo(1);
        assertThat(first.endNanos()).isEqualTo(3_100_000 + 65_000_000 + 75_000 + 34_000_000);
        assertThat(second.endNanos()).isEqualTo(first.endNanos() + 75_000 + 34_000_000);
    }

    @Test
    void fetchedWeightsYieldToTheBatchThatNeedsTheirRoom() {
        var narrow = new MultiModelProfile(
                "narrow",
                250,
                1e6,
                1_000_000,
                Map.of(
                        "x", new CardModel(100, 1, 1_000, CardTrial.steps(1, 0, 0)),
                        "y", new CardModel(100, 1, 1_000, CardTrial.steps(1, 0, 0))));
        var engine =
                ModelSwitchingEngine.simulated(timeline, new EngineId("e"), narrow, new SwitchingLimits(4, 1_000_000_000, true, 0));
        var load = new EngineLoad(timeline, engine);
        EngineLoad.Job first = load.job(0, "x", 10, 100); // outgrows the 50 tokens that y leaves
        EngineLoad.Job second = load.job(0, "y", 10, 1);
        timeline.run();
        assertThat(first.endNanos()).as("without a pause").isEqualTo(1_100_000 + 100_000_000);
        assertThat(second.endNanos()).as("with a cold switch").isEqualTo(first.endNanos() + 1_100_000 + 1_000_000);
        assertThat(engine.stats().preemptions()).isZero();
    }

    @Test
    void whatItCannotServeFailsWithAMessage() {
        EngineLoad load = load(PATIENT);
        EngineLoad.Job unknown = load.job(0, "z", 10, 5);
        EngineLoad.Job embedding = load.job(0, "x", 10, 0);
        EngineLoad.Job tooLong = load.job(0, "x", 990, 11);
        EngineLoad.Job cancelled = load.job(0, "z", 10, 5);
        timeline.at(1_000_000, cancelled::cancel);
        timeline.run();
        assertThat(unknown.failure()).isEqualTo(new EngineFailure(404, "model 'z' is not among [x, y]"));
        assertThat(embedding.failure()).isEqualTo(new EngineFailure(400, "model x does not embed texts"));
        assertThat(tooLong.failure())
                .isEqualTo(new EngineFailure(400, "this model's maximum context length is 1000 tokens, but 1001 were asked for"));
        assertThat(unknown.endNanos()).isEqualTo(2_000_000);
    }

    @Test
    void aRequestForAnyModelGoesToTheLoadedOne() {
        EngineLoad load = load(PATIENT);
        load.job(0, "y", 10, 50);
        EngineLoad.Job any = load.job(10_000_000, "default", 10, 2);
        timeline.run();
        assertThat(any.endMillis()).as("2 ms, prefill, step, without a switch").isEqualTo(4);
    }

    @Test
    void aCancelledRequestIsHeardOfNoMoreWhereverItIs() {
        for (int which = 0; which < 3; which++) {
            for (long atNanos = 0; atNanos < 40_000_000; atNanos += 333_333) {
                var line = new VirtualTimeline();
                var engine = ModelSwitchingEngine.simulated(
                        line, new EngineId("e"), PROFILE, new SwitchingLimits(4, 3_000_000, atNanos % 2 == 0, 2_000_000));
                var load = new EngineLoad(line, engine);
                load.job(0, "x", 100, 10);
                load.job(1, "y", 100, 10);
                load.job(2, "x", 100, 10);
                line.at(atNanos, load.jobs().get(which)::cancel);
                line.run();
                assertThat(load.jobs()).allMatch(job -> job.isCancelled() != (job.result() != null));
                assertThat(engine.stats().running()).isZero();
                assertThat(engine.stats().waiting()).isZero();
            }
        }
    }

    @Test
    void asleepItBeginsNothingAndItsKvCachesAreOnTheHost() {
        var engine = engine(PATIENT);
        var load = new EngineLoad(timeline, engine);
        EngineLoad.Job job = load.job(0, "x", 100, 3);
        timeline.at(8_500_000, engine::sleep);
        timeline.at(20_000_000, () -> {
            assertThat(engine.stats().asleep()).isTrue();
            assertThat(engine.stats().running()).isZero();
            assertThat(engine.stats().waiting()).isEqualTo(1);
            assertThat(engine.stats().kvUsage()).isZero();
            engine.wake();
        });
        timeline.run();
        assertThat(job.tokenNanos()).as("its 101 tokens come back before the next step")
                .containsExactly(8_000_000L, 9_000_000L, 22_010_000L);
    }

    @Test
    void itsObserverHearsOfStepsAndEnds() {
        var engine = engine(PATIENT);
        List<Integer> stepped = new ArrayList<>();
        List<SequenceReport> ended = new ArrayList<>();
        engine.observe(new EngineObserver() {
            @Override
            public void stepped(int scheduledTokens) {
                stepped.add(scheduledTokens);
            }

            @Override
            public void ended(SequenceReport report) {
                ended.add(report);
            }
        });
        var load = new EngineLoad(timeline, engine);
        load.job(0, "x", 100, 3);
        load.job(1, "x", 50, 2);
        timeline.run();
        assertThat(stepped).containsExactly(100, 50, 2, 1);
        SequenceReport last = ended.getLast();
        assertThat(last.queuedAtNanos()).isEqualTo(2_000_000);
        assertThat(last.admittedAtNanos()).hasValue(7_000_000);
        assertThat(last.firstTokenAtNanos()).hasValue(8_000_000);
        assertThat(last.lastTokenAtNanos()).hasValue(11_000_000);
        assertThat(last.outputTokens()).isEqualTo(3);
        assertThat(engine.stats().steps()).isEqualTo(4);
        assertThat(engine.stats().promptTokens()).isEqualTo(150);
        assertThat(engine.stats().generatedTokens()).isEqualTo(5);
        assertThat(engine.stats().kvUsage()).isZero();
    }
}
