package io.sagebench.workload;

import static io.sagebench.workload.WorkloadSpecBuilder.aReplayOf;
import static io.sagebench.workload.WorkloadSpecBuilder.aWorkloadOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.arrival.BurstyArrivals;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.arrival.Ramp;
import io.sagebench.arrival.UniformArrivals;
import io.sagebench.arrival.VaryingArrivals;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WorkloadPlanTest {
    private static final Seed SEED = new Seed(7);
    private static final Trace TRACE = new Trace(
            "three", new long[] {0, 1_500_000_000L, 1_500_000_001L}, new int[] {7, 2000, 1}, new int[] {3, 1, 900});

    @Test
    void aPlanOfTwoBillionRequestsOpensAtOnce() {
        Plan plan = measured(aWorkloadOf(Integer.MAX_VALUE));
        Iterator<PlannedRequest> requests = plan.open(0);
        assertThat(plan.size()).hasValue(Integer.MAX_VALUE);
        assertThat(requests.next().index()).isZero();
        assertThat(requests.hasNext()).isTrue();
    }

    @Test
    void theSameSeedGivesTheSameRequestsAtEachReading() {
        Plan plan = measured(aWorkloadOf(500));
        assertThat(all(plan)).isEqualTo(all(plan)).isEqualTo(all(measured(aWorkloadOf(500))));
    }

    @Test
    void aShorterPlanIsTheBeginningOfALongerOne() {
        assertThat(all(measured(aWorkloadOf(1000))).subList(0, 100)).isEqualTo(all(measured(aWorkloadOf(100))));
    }

    @Test
    void anotherSeedGivesOtherRequests() {
        var one = all(WorkloadPlan.measured(aWorkloadOf(100).build(), new Seed(1)));
        var other = all(WorkloadPlan.measured(aWorkloadOf(100).build(), new Seed(2)));
        assertThat(each(one, PlannedRequest::id)).doesNotContainAnyElementsOf(each(other, PlannedRequest::id));
        assertThat(each(one, PlannedRequest::intendedAtNanos)).isNotEqualTo(each(other, PlannedRequest::intendedAtNanos));
        assertThat(each(one, PlannedRequest::promptTokens)).isNotEqualTo(each(other, PlannedRequest::promptTokens));
    }

    @Test
    void anotherRateOrPatternChangesTheTimesAndNothingElse() {
        var base = all(measured(aWorkloadOf(300)));
        var faster = all(measured(aWorkloadOf(300, new PoissonArrivals(99))));
        var even = all(measured(aWorkloadOf(300, new UniformArrivals(10))));
        Function<PlannedRequest, PlannedRequest> withoutTime = request -> new PlannedRequest(
                request.id(),
                request.index(),
                0,
                request.model(),
                request.priority(),
                request.serviceLevel(),
                request.promptTokens(),
                request.outputTokens(),
                request.promptSeed());
        assertThat(each(faster, withoutTime)).isEqualTo(each(base, withoutTime)).isEqualTo(each(even, withoutTime));
        assertThat(each(faster, PlannedRequest::intendedAtNanos)).isNotEqualTo(each(base, PlannedRequest::intendedAtNanos));
    }

    @Test
    void otherModelsOrLengthsLeaveTimesAndPrioritiesAsTheyWere() {
        var base = all(measured(aWorkloadOf(300)));
        var changed = all(measured(aWorkloadOf(300)
                .models(Weighted.of(new TreeMap<>(Map.of("a", 0.5, "b", 0.5))))
                .lengths(new LengthRange(1, 1), new LengthRange(50, 200))));
        assertThat(each(changed, PlannedRequest::intendedAtNanos)).isEqualTo(each(base, PlannedRequest::intendedAtNanos));
        assertThat(each(changed, PlannedRequest::priority)).isEqualTo(each(base, PlannedRequest::priority));
        assertThat(each(changed, PlannedRequest::outputTokens)).isEqualTo(each(base, PlannedRequest::outputTokens));
        assertThat(each(changed, PlannedRequest::promptTokens)).containsOnly(1);
    }

    @Test
    void warmupRequestsAreLikeTheMeasuredOnesButOthers() {
        var spec = aWorkloadOf(200).build();
        var measured = all(WorkloadPlan.measured(spec, SEED));
        var warmup = all(WorkloadPlan.warmup(spec, 200, SEED));
        assertThat(warmup).hasSize(200);
        assertThat(each(warmup, PlannedRequest::id)).doesNotContainAnyElementsOf(each(measured, PlannedRequest::id));
        assertThat(each(warmup, PlannedRequest::promptTokens)).isNotEqualTo(each(measured, PlannedRequest::promptTokens));
        assertThat(each(warmup, PlannedRequest::prompt)).doesNotContainAnyElementsOf(each(measured, PlannedRequest::prompt));
    }

    @Test
    void theMeasuredRequestsDoNotDependOnTheWarmup() {
        var spec = aWorkloadOf(50).build();
        var before = all(WorkloadPlan.measured(spec, SEED));
        all(WorkloadPlan.warmup(spec, 10, SEED));
        assertThat(all(WorkloadPlan.measured(spec, SEED))).isEqualTo(before);
    }

    @Test
    void timesCountFromTheBeginning() {
        Plan plan = measured(aWorkloadOf(50));
        var fromZero = each(all(plan), PlannedRequest::intendedAtNanos);
        var later = new ArrayList<Long>();
        plan.open(1_000).forEachRemaining(request -> later.add(request.intendedAtNanos() - 1_000));
        assertThat(later).isEqualTo(fromZero).isSorted();
    }

    @Test
    void eachRequestIsPromisedWhatItsPriorityIs() {
        Map<Priority, Duration> expected = Map.of(
                Priority.HIGH, Duration.ofMillis(500),
                Priority.NORMAL, Duration.ofMillis(1000),
                Priority.LOW, Duration.ofMillis(2000));
        assertThat(all(measured(aWorkloadOf(300)))).allSatisfy(request -> assertThat(request.serviceLevel().endToEnd())
                .contains(java.util.Objects.requireNonNull(expected.get(request.priority()))));
    }

    @Test
    void idsAndIndicesAreUnique() {
        var requests = all(measured(aWorkloadOf(1000)));
        assertThat(each(requests, PlannedRequest::id)).doesNotHaveDuplicates();
        assertThat(each(requests, PlannedRequest::index)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aTraceIsReplayedWithItsExactTimesAndLengths() {
        var requests = all(measured(aReplayOf(TRACE, 3)));
        assertThat(each(requests, PlannedRequest::intendedAtNanos)).containsExactly(0L, 1_500_000_000L, 1_500_000_001L);
        assertThat(each(requests, PlannedRequest::promptTokens)).containsExactly(7, 2000, 1);
        assertThat(each(requests, PlannedRequest::outputTokens)).containsExactly(3, 1, 900);
        assertThat(all(measured(aReplayOf(TRACE, 2)))).isEqualTo(requests.subList(0, 2));
    }

    @Test
    void theWarmupOfATraceComesAtItsMeanRate() {
        var warmup = all(WorkloadPlan.warmup(aReplayOf(TRACE, 3).build(), 10_000, SEED));
        double rate = 10_000 * 1e9 / warmup.getLast().intendedAtNanos();
        assertThat(rate).isBetween(1.9, 2.1); // 3 requests in 1.5 s
    }

    @Test
    void anExtentInTimeEndsThePlanBeforeThatTime() {
        Plan plan = measured(aWorkloadOf(new Load.Open(new UniformArrivals(10), Extent.time(Duration.ofSeconds(2)))));
        assertThat(plan.size()).hasValue(20);
        assertThat(all(plan)).hasSize(20).last().satisfies(last -> assertThat(last.intendedAtNanos()).isEqualTo(1_900_000_000));
        assertThat(all(plan)).as("the same requests as by their number").isEqualTo(all(measured(aWorkloadOf(20, new UniformArrivals(10)))));
    }

    @Test
    void ofTwoLimitsTheFirstToComeEndsThePlan() {
        var twoSeconds = Duration.ofSeconds(2);
        assertThat(measured(aWorkloadOf(new Load.Open(new UniformArrivals(10), new Extent(7, twoSeconds)))).size()).hasValue(7);
        assertThat(measured(aWorkloadOf(new Load.Open(new UniformArrivals(10), new Extent(99, twoSeconds)))).size()).hasValue(20);
    }

    @Test
    void arrivalsThatEndEndThePlan() {
        var toZero = new VaryingArrivals(new Ramp(List.of(new Ramp.Leg(10, 0, 2))), new UniformArrivals(1));
        Plan plan = measured(aWorkloadOf(1_000, toZero));
        assertThat(plan.size()).hasValue(11); // 10 expected, and the one at 0
        assertThat(all(plan)).hasSize(11);
    }

    @Test
    void aTraceIsReplayedFasterWithTheSameLengths() {
        var requests = all(measured(aWorkloadOf(new Load.Replayed(TRACE, 3, 2))));
        assertThat(each(requests, PlannedRequest::intendedAtNanos)).containsExactly(0L, 750_000_000L, 750_000_001L);
        assertThat(each(requests, PlannedRequest::promptTokens)).containsExactly(7, 2000, 1);
    }

    @Test
    void theWarmupOfAnUnsteadyLoadComesAtItsMeanRate() {
        var onOff = BurstyArrivals.onOff(10, 1, 1_000, 0);
        var warmup = all(WorkloadPlan.warmup(aWorkloadOf(5, onOff).build(), 1_000, SEED));
        assertThat(1_000 * 1e9 / warmup.getLast().intendedAtNanos()).isBetween(9.0, 11.0);
    }

    @Test
    void aClosedLoopBeginsWithOneRequestForEachCaller() {
        Plan plan = measured(aWorkloadOf(new Load.Closed(3, Extent.requests(5))));
        assertThat(plan.size()).hasValue(5);
        assertThat(all(plan)).hasSize(3).extracting(PlannedRequest::intendedAtNanos).containsOnly(0L);
        assertThat(all(measured(aWorkloadOf(new Load.Closed(3, Extent.requests(2)))))).hasSize(2);
    }

    @Test
    void aCallerAsksAgainAtTheEndOfAnAnswerAndAfterAPauseWhenItFailed() {
        Plan.Reading loop = measured(aWorkloadOf(new Load.Closed(1, Extent.requests(3)))).open(1_000);
        PlannedRequest first = loop.next();
        assertThat(first.intendedAtNanos()).isEqualTo(1_000);
        PlannedRequest second = loop.after(first, 5_000, true).orElseThrow();
        assertThat(second.intendedAtNanos()).isEqualTo(5_000);
        PlannedRequest third = loop.after(second, 9_000, false).orElseThrow();
        assertThat(third.intendedAtNanos()).isEqualTo(9_000 + Load.Closed.PAUSE_AFTER_FAILURE_NANOS);
        assertThat(loop.after(third, 20_000, true)).as("all were sent").isEmpty();
    }

    @Test
    void whatAClosedLoopAsksDoesNotDependOnTheTimes() {
        var open = all(measured(aWorkloadOf(4)));
        Plan.Reading loop = measured(aWorkloadOf(new Load.Closed(2, Extent.requests(4)))).open(0);
        var asked = new ArrayList<>(List.of(loop.next(), loop.next()));
        asked.add(loop.after(asked.get(1), 77, true).orElseThrow());
        asked.add(loop.after(asked.get(0), 99, true).orElseThrow());
        assertThat(each(asked, PlannedRequest::id)).isEqualTo(each(open, PlannedRequest::id));
        assertThat(each(asked, PlannedRequest::prompt)).isEqualTo(each(open, PlannedRequest::prompt));
    }

    @Test
    void nobodyAsksAgainAfterTheTimeOfAClosedLoop() {
        Plan plan = measured(aWorkloadOf(new Load.Closed(1, Extent.time(Duration.ofNanos(500)))));
        assertThat(plan.size()).as("only its end shows it").isEmpty();
        Plan.Reading loop = plan.open(1_000);
        PlannedRequest first = loop.next();
        assertThat(loop.after(first, 1_499, true)).isPresent();
        assertThat(loop.after(first, 1_500, true)).isEmpty();
        assertThat(loop.after(first, 1_499, false)).as("the pause leads beyond it").isEmpty();
    }

    @Test
    void announcingReachesWhatFollowsToo() {
        Plan.Reading loop = measured(aWorkloadOf(new Load.Closed(1, Extent.requests(2)))).announcingOutput().open(0);
        assertThat(loop.after(loop.next(), 5, true).orElseThrow().announcesOutput()).isTrue();
    }

    @Test
    void anEndedPlanSaysHowLongItWas() {
        Iterator<PlannedRequest> requests = measured(aWorkloadOf(1)).open(0);
        requests.next();
        assertThat(requests.hasNext()).isFalse();
        assertThatThrownBy(requests::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("the plan has 1 requests");
    }

    private static Plan measured(WorkloadSpecBuilder spec) {
        return WorkloadPlan.measured(spec.build(), SEED);
    }

    private static List<PlannedRequest> all(Plan plan) {
        var requests = new ArrayList<PlannedRequest>();
        plan.open(0).forEachRemaining(requests::add);
        return requests;
    }

    private static <T> List<T> each(List<PlannedRequest> requests, Function<PlannedRequest, T> what) {
        return requests.stream().map(what).toList();
    }
}
