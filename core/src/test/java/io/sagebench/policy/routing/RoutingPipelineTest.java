package io.sagebench.policy.routing;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.FakePool;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.routing.RoutingPipeline.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoutingPipelineTest {
    private final SplittableRandom chance = new SplittableRandom(1);
    private final Picker max = Picker.max(chance);

    @Test
    void theHighestWeightedSumWins() {
        var placement = new RoutingPipeline(
                null, List.of(), List.of(new Weighted(2, scores(0.5, 0, 1)), new Weighted(3, scores(0.5, 0.9, 0))), max);
        assertThat(chosen(placement, aPoolOf(anEngine("a"), anEngine("b"), anEngine("c")))).isEqualTo("b"); // 2.5, 2.7, 2
    }

    @Test
    void filtersApplyOneAfterAnotherAndOneThatWouldLeaveNothingDoesNot() {
        List<Integer> counts = new ArrayList<>();
        Filter notTheFirst = (route, keep) -> {
            for (int i = 1; i < route.count(); i++) {
                keep[i] = true;
            }
        };
        Filter none = (route, keep) -> counts.add(route.count());
        var placement = new RoutingPipeline(
                null, List.of(notTheFirst, none, notTheFirst), List.of(new Weighted(1, scores(1, 0, 0))), max);
        assertThat(chosen(placement, aPoolOf(anEngine("a"), anEngine("b"), anEngine("c")))).isEqualTo("c");
        assertThat(counts).containsExactly(2);
    }

    @Test
    void scorersLearnWhereTheRequestGoes() {
        List<String> learnt = new ArrayList<>();
        Scorer learner = new Scorer() {
            @Override
            public void score(Route route, double[] scores) {
                scores[0] = 0;
                scores[1] = 1;
            }

            @Override
            public void chosen(Route route, int chosen) {
                learnt.add(route.engine(chosen).description().id().value());
            }
        };
        chosen(new RoutingPipeline(null, List.of(), List.of(new Weighted(1, learner)), max), aPoolOf(anEngine("a"), anEngine("b")));
        assertThat(learnt).containsExactly("b");
    }

    @Test
    void aBoundedLoadPassesOverEnginesThatRunAQuarterMoreThanTheirShare() {
        // With one more 9 run on 3 engines, 3 each: a quarter more, rounded up, is 4.
        FakeEngine full = anEngine("full").maxConcurrent(9).runs(aRequest(1)).runs(aRequest(2)).runs(aRequest(3)).runs(aRequest(4));
        FakeEngine three = anEngine("three").runs(aRequest(5)).runs(aRequest(6)).runs(aRequest(7));
        FakeEngine one = anEngine("one").runs(aRequest(8));
        var placement = new RoutingPipeline(
                null, List.of(Affinity.boundedLoad(1.25)), List.of(new Weighted(1, scores(1, 0.5, 0))), max);
        var pool = aPoolOf(full, three, one, anEngine("another model").models("n"));
        List<Integer> left = new ArrayList<>();
        var counting = new RoutingPipeline(
                null, List.of(Affinity.boundedLoad(1.25), (route, keep) -> left.add(route.count())), List.of(), max);
        chosen(counting, pool);
        assertThat(left).containsExactly(2);
        assertThat(chosen(placement, pool)).isEqualTo("three");
    }

    @Test
    void everyWordNamesAPlacementAndNoOtherDoes() {
        var context = new PolicyContext(chance, Policies.installed());
        var pool = aPoolOf(anEngine("a"), anEngine("b"));
        assertThat(Placements.words()).isNotEmpty().allSatisfy(word -> assertThat(chosen(Placements.named(word, context), pool)).isIn("a", "b"));
        assertThatThrownBy(() -> Placements.named("best", context)).hasMessageContaining("'best'").hasMessageContaining("p2c");
    }

    @Test
    void aSessionStaysUntilItsEngineIsOverItsBound() {
        var placement = Placements.named("affinity", new PolicyContext(chance, Policies.installed()));
        FakeEngine a = anEngine("a").maxConcurrent(50);
        FakeEngine b = anEngine("b").maxConcurrent(50);
        var pool = aPoolOf(a, b);
        String home = chosen(placement, pool);
        for (int i = 0; i < 20; i++) {
            assertThat(chosen(placement, pool)).isEqualTo(home);
        }
        FakeEngine busy = home.equals("a") ? a : b;
        for (int i = 0; i < 10; i++) {
            busy.runs(aRequest(100 + i));
        }
        assertThat(chosen(placement, pool)).isNotEqualTo(home);
    }

    private static String chosen(Placement placement, FakePool pool) {
        var request = aRequest(0).session("s").build();
        return placement.choose(request, pool.candidatesFor(request), pool).description().id().value();
    }

    private static Scorer scores(double... given) {
        return (route, scores) -> {
            for (int i = 0; i < route.count(); i++) {
                scores[i] = given[i];
            }
        };
    }
}
