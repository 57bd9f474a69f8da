package io.sagebench.policy.routing;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineModel;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.FakePool;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.WaitingBuilder;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What each scorer says, worked out by hand.
class ScorersTest {
    private final PrefixIndex prefixes = new PrefixIndex(16);
    private final Route route = new Route(prefixes);

    @Test
    void aShortQueueIsBestAndALongOneWorst() {
        FakeEngine none = anEngine("none").answers(aRequest(1));
        FakeEngine one = anEngine("one").runs(aRequest(2));
        FakeEngine three = anEngine("three").maxConcurrent(9).runs(aRequest(3)).runs(aRequest(4)).runs(aRequest(5)).runs(aRequest(6));
        assertThat(scores(LoadScores.queue(), aRequest(0), none, one, three)).containsExactly(1, 0.75, 0);
        assertThat(scores(LoadScores.running(), aRequest(0), none, one, three)).containsExactly(1, 1, 0);
        assertThat(scores(LoadScores.queue(), aRequest(0), none, none)).containsExactly(1, 1);
    }

    @Test
    void aFreshReportCountsBesideOurOwnCounts() {
        // 5 wait there and we know of none; 1 waits, but of the 3 we sent it knows only 1.
        FakeEngine others = anEngine("others").reports(report(900, 2, 5, 0.9));
        FakeEngine behind = anEngine("behind").runs(aRequest(1)).runs(aRequest(2)).runs(aRequest(3)).reports(report(900, 1, 1, 0.01));
        begin(aPoolOf(others, behind).atMillis(1_000), aRequest(0).build());
        assertThat(route.queue(0)).isEqualTo(5);
        assertThat(route.queue(1)).isEqualTo(2);
        assertThat(route.running(0)).isEqualTo(7);
        assertThat(route.running(1)).isEqualTo(3);
        assertThat(route.kvUsage(0)).isEqualTo(0.9);
        assertThat(route.kvUsage(1)).as("60 of 1,000 tokens are reserved").isEqualTo(0.06);
    }

    @Test
    void aReportOlderThan200MillisecondsDoesNotCount() {
        FakeEngine engine = anEngine("a").runs(aRequest(1)).reports(report(800, 20, 50, 0.9));
        begin(aPoolOf(engine).atMillis(1_000), aRequest(0).build());
        assertThat(route.queue(0)).isEqualTo(50);
        begin(aPoolOf(engine).atMillis(1_001), aRequest(0).build());
        assertThat(route.queue(0)).isEqualTo(1);
        assertThat(route.running(0)).isEqualTo(1);
        assertThat(route.kvUsage(0)).isEqualTo(0.02);
    }

    @Test
    void freeCacheIsWhatIsNotReserved() {
        assertThat(scores(LoadScores.freeCache(), aRequest(0), anEngine("a").runs(aRequest(1).tokens(200, 50)), anEngine("b")))
                .containsExactly(0.75, 1);
    }

    @Test
    void tokensInFlightCountUpToTheLimit() {
        assertThat(scores(LoadScores.tokens(100), aRequest(0), anEngine("a").runs(aRequest(1).tokens(20, 5)), anEngine("b").extraWork(500)))
                .containsExactly(0.75, 0);
    }

    @Test
    void thePrefixScoreIsTheShareOfBlocksThatTheEngineWasSent() {
        FakeEngine warm = anEngine("warm");
        FakeEngine cold = anEngine("cold");
        begin(aPoolOf(warm), saying("sys", 40).build());
        route.chosen(0);
        // 100 tokens are 6 full blocks, of which the first 2 (32 tokens) are the system prompt's
        assertThat(scores(CacheScores.prefix(), saying("sys", 100), warm, cold)).containsExactly(2 / 6.0, 0);
        assertThat(scores(CacheScores.prefix(), saying("sys", 15), warm, cold)).as("not one full block").containsExactly(0, 0);
        assertThat(scores(CacheScores.prefix(), saying("sys", 100).model("other"), warm, cold)).as("another model").containsExactly(0, 0);
    }

    @Test
    void requestsThatNobodyHasGoWhereTheLastOfThemIsLongestAgo() {
        Scorer scorer = CacheScores.leastRecentlyCold();
        FakeEngine a = anEngine("a");
        FakeEngine b = anEngine("b");
        FakeEngine c = anEngine("c");
        assertThat(scores(scorer, saying("x", 32), a, b, c)).containsExactly(1, 1, 1);
        scorer.chosen(route, 1);
        route.chosen(1);
        assertThat(scores(scorer, saying("y", 32), a, b, c)).containsExactly(1, 0, 1);
        scorer.chosen(route, 0);
        assertThat(scores(scorer, saying("z", 32), a, b, c)).containsExactly(0, 0.5, 1);
        assertThat(scores(scorer, saying("x", 32), a, b, c)).as("b has it").containsExactly(0.5, 0.5, 0.5);
    }

    @Test
    void aSessionReturnsToItsLastEngineAndIsKnownByItsTenantToo() {
        Scorer scorer = Affinity.session();
        assertThat(scores(scorer, aRequest(0).session("s"), anEngine("a"), anEngine("b"))).containsExactly(0, 0);
        scorer.chosen(route, 1);
        assertThat(scores(scorer, aRequest(1).session("s"), anEngine("a"), anEngine("b"))).containsExactly(0, 1);
        assertThat(scores(scorer, aRequest(2).session("s").tenant("t"), anEngine("a"), anEngine("b"))).containsExactly(0, 0);
        assertThat(scores(scorer, aRequest(3), anEngine("a"), anEngine("b"))).containsExactly(0, 0);
    }

    @Test
    void anEngineThatLeavesMovesOnlyItsOwnSessions() {
        FakeEngine[] four = {anEngine("a"), anEngine("b"), anEngine("c"), anEngine("d")};
        var counts = new int[4];
        for (int i = 0; i < 1_000; i++) {
            WaitingBuilder request = aRequest(i).session("s" + i);
            int home = best(scores(Affinity.rendezvous(), request, four));
            counts[home]++;
            int after = best(scores(Affinity.rendezvous(), request, four[0], four[1], four[2]));
            if (home < 3) {
                assertThat(after).isEqualTo(home);
            }
        }
        assertThat(Arrays.stream(counts).min().orElseThrow()).as("%s", Arrays.toString(counts)).isGreaterThan(200);
        assertThat(scores(Affinity.rendezvous(), aRequest(0), four)).as("nobody in particular").containsExactly(1, 1, 1, 1);
    }

    @Test
    void headroomIsInTheUpperHalfWherePromisesAreKept() {
        // Due in 1 s, 9 steps after the first token: 100 + 9 * 10 = 190 ms leaves 0.81; 460 + 90 leaves 0.45; 2,000 is too late.
        WaitingBuilder due = aRequest(0).dueMillis(1_000);
        assertThat(scores(
                        new LatencyHeadroom(),
                        due,
                        anEngine("fast").predicting(100, 10),
                        anEngine("slow").predicting(460, 10),
                        anEngine("late").predicting(2_000, 10)))
                .containsExactly(0.5 + 0.85 / 2, 0.5 + 0.45 / 2, 0.499 * 1.1 * 100 / 2_000);
    }

    @Test
    void withNothingPromisedTheSoonestFirstTokenIsBestAndATenthDoesNotCount() {
        assertThat(scores(
                        new LatencyHeadroom(),
                        aRequest(0),
                        anEngine("a").predicting(100, 1),
                        anEngine("b").predicting(109, 1),
                        anEngine("c").predicting(220, 1)))
                .containsExactly(new double[] {1, 1, 0.5}, within(1e-12));
    }

    @Test
    void theModelIsAskedBeforeTheLearntEstimate() {
        EngineModel model = new EngineModel() {
            @Override
            public double ttftNanos(Load load, int promptTokens, int cachedTokens) {
                return 1_000_000.0 * (load.queuedPrefillTokens() + 2L * load.decoding() + load.contextTokens() + promptTokens);
            }

            @Override
            public double tpotNanos(Load load, int promptTokens, int outputTokens) {
                return 7;
            }
        };
        FakeEngine modelled = anEngine("a")
                .predicting(9_999, 9_999)
                .traits(EngineTraits.UNKNOWN.withModel(model))
                .runs(aRequest(1).tokens(30, 1))
                .answers(aRequest(2).tokens(40, 1));
        begin(aPoolOf(modelled, anEngine("b").predicting(5, 3)), aRequest(0).build());
        assertThat(route.ttftNanos(0)).isEqualTo(1e6 * (70 + 2 + 40 + 10)); // the fake counts prompts that answer as queued too
        assertThat(route.tpotNanos(0)).isEqualTo(7);
        assertThat(route.ttftNanos(1)).isEqualTo(5e6);
        assertThat(route.tpotNanos(1)).isEqualTo(3e6);
    }

    /// A prompt that begins with a text and goes on in its own way.
    private static WaitingBuilder saying(String beginning, int tokens) {
        int[] numbers = new int[tokens];
        Arrays.setAll(numbers, i -> i < 40 ? beginning.hashCode() + i : tokens * 1_000 + i);
        return aRequest(tokens).tokens(tokens, 10).saying(PromptContent.ofTokens(numbers));
    }

    private static ReportedLoad report(long atMillis, long running, long waiting, double kvUsage) {
        return new ReportedLoad(
                atMillis * 1_000_000, OptionalLong.of(running), OptionalLong.of(waiting), OptionalDouble.of(kvUsage));
    }

    private void begin(FakePool pool, Waiting request) {
        route.begin(request, pool.candidatesFor(request), pool);
    }

    private double[] scores(Scorer scorer, WaitingBuilder request, FakeEngine... engines) {
        Arrays.stream(engines).forEach(engine -> engine.models("m", "other"));
        begin(aPoolOf(engines), request.build());
        var scores = new double[engines.length];
        scorer.score(route, scores);
        return scores;
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
