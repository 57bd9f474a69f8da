package io.sagebench.controlplane;

import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.Latencies.Calculator;
import io.sagebench.engine.latency.Latencies.PerToken;
import io.sagebench.engine.latency.LatencyEngine;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.latency.Spread;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How long requests wait that a policy puts last, while an engine is asked for twice as much as it can do for 40 s. The requests of the flood are due
/// within 2 s, so there are always some that wait. The policies' pages promise the bounds.
class StarvationTest {
    private static final double SECONDS = 40;
    /// Until a place is free, once it is a request's turn.
    private static final double TURN_SECONDS = 1.0;

    private final VirtualTimeline timeline = new VirtualTimeline();

    @ParameterizedTest
    @CsvSource({"LOW, 3", "BACKGROUND, 4"})
    void underPriorityARequestRisesToTheTopAfterABandForEachAgingTime(Priority priority, int bands) {
        assertThat(longestWait(
                        "priority", Map.of("aging_ms", "1500"), StarvationTest::urgent, id -> aSubmission(id).tokens(20, 40).priority(priority)))
                .isBetween(1.5 * (bands - 1), 1.5 * bands + TURN_SECONDS);
    }

    @Test
    void withoutAgingItWaitsUntilTheFloodIsOver() {
        assertThat(longestWait(
                        "priority",
                        Map.of("aging_ms", "0"),
                        StarvationTest::urgent,
                        id -> aSubmission(id).tokens(20, 40).priority(Priority.BACKGROUND)))
                .isGreaterThan(SECONDS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_000, 6_000})
    void underShortestFirstALongRequestGoesFirstAfterTheLongestWait(long mostMillis) {
        assertThat(longestWait(
                        "sjf_pred",
                        Map.of("aging", "0", "max_wait_ms", "" + mostMillis),
                        StarvationTest::shortJob,
                        id -> aSubmission(id).tokens(20, 200).announcing(200)))
                .isBetween(mostMillis / 1e3 - 0.1, mostMillis / 1e3 + TURN_SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"slo_aware, 3000", "slo_aware, 6000", "oracle_slo, 3000"})
    void aRequestWithoutDeadlineCountsAsDueAfterTheDefaultOne(String policy, long defaultMillis) {
        assertThat(longestWait(
                        policy,
                        Map.of("default_deadline_ms", "" + defaultMillis),
                        StarvationTest::shortJob,
                        id -> aSubmission(id).tokens(20, 40)))
                .isBetween(defaultMillis / 1e3 - 2, defaultMillis / 1e3 + TURN_SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"NORMAL, 2", "LOW, 3", "BACKGROUND, 4"})
    void underAdaptiveABandCountsAsSoMuchLater(Priority priority, int band) {
        double seconds = 3 + 0.5 * (band - 1); // the flood is a band above NORMAL
        assertThat(longestWait(
                        "adaptive",
                        Map.of("default_deadline_ms", "3000", "band_ms", "500"),
                        StarvationTest::urgent,
                        id -> aSubmission(id).tokens(20, 40).priority(priority)))
                .isBetween(0.5, seconds + TURN_SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"vtc, none", "fifo, vtc", "priority, vtc"})
    void withFairnessATenantThatAsksForLittleDoesNotWaitForOneThatAsksForMuch(String policy, String fairness) {
        Map<String, String> parameters = fairness.equals("none") ? Map.of() : Map.of("fairness", fairness);
        assertThat(longestWait(policy, parameters, StarvationTest::shortJob, id -> aSubmission(id).tokens(20, 40).tenant("small")))
                .isLessThan(TURN_SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"hybrid, normal", "hybrid, adaptive", "hybrid_slo, normal"})
    void onAnEngineThatServesBothNeitherKindStarvesTheOther(String policy, String precedence) {
        var parameters = Map.of("embedding_priority", precedence, "llm_fallback_policy", "fifo");
        assertThat(longestWait(policy, parameters, StarvationTest::text, id -> aSubmission(id).tokens(20, 40)))
                .as("a prompt among texts")
                .isLessThan(TURN_SECONDS);
        assertThat(new StarvationTest().longestWait(policy, parameters, StarvationTest::shortJob, id -> aSubmission(id).embedding(50)))
                .as("a text among prompts")
                .isLessThan(TURN_SECONDS);
    }

    private static SubmissionBuilder shortJob(String id) {
        return aSubmission(id).tokens(20, 40).announcing(40).tenant("large").dueMillis(2_000);
    }

    private static SubmissionBuilder urgent(String id) {
        return shortJob(id).priority(Priority.HIGH);
    }

    private static SubmissionBuilder text(String id) {
        return aSubmission(id).embedding(500, 500).tenant("large").dueMillis(2_000);
    }

    /// Four places; 100 ms and 10 ms a token, so that a short job takes half a second; a text as long as its prefill.
    private Engine engine() {
        var latencies = new Latencies(
                Calculator.WHAT_IS_GIVEN,
                Spread.NONE,
                new Spread(10_000_000, 0),
                new PerToken(100_000_000, 500_000, 0),
                Spread.NONE,
                PerToken.NONE,
                1);
        return new LatencyEngine(
                timeline,
                new EngineId("one"),
                new ServedModels(Set.of("m"), EnumSet.allOf(RequestType.class)),
                new LatencyProfile(4, 10, 4_096, Optional.empty()),
                latencies,
                new Seed(1));
    }

    /// Of the requests that come every two seconds beside the flood, how long the one waits that waits longest, in seconds.
    private double longestWait(
            String policy,
            Map<String, String> parameters,
            Function<String, SubmissionBuilder> flood,
            Function<String, SubmissionBuilder> last) {
        var trial = new ControlPlaneTrial(timeline, "fifo", QueueLimits.DEFAULT, List.of(engine()));
        assertThat(trial.controlPlane.activate(policy, parameters)).isInstanceOf(PolicySwitch.Active.class);
        var chance = new SplittableRandom(1);
        double at = 0;
        for (int i = 0; at < SECONDS; i++) {
            at += chance.nextExponential() / 16;
            SubmissionBuilder one = flood.apply("f" + i);
            timeline.at(Math.round(at * 1e9), () -> trial.submit(one));
        }
        var waits = new ArrayList<Double>();
        for (int i = 1; i < SECONDS / 2 - 1; i++) {
            SubmissionBuilder one = last.apply("last" + i);
            long arrivesAtNanos = i * 2_000_000_000L;
            timeline.at(arrivesAtNanos, () -> {
                ControlPlaneTrial.Client client = trial.submit(one);
                Runnable note = () -> waits.add((timeline.nowNanos() - arrivesAtNanos) / 1e9);
                if (client.dispatches.isEmpty()) {
                    client.whenDispatched = note;
                } else {
                    note.run();
                }
            });
        }
        timeline.run();
        trial.expectIdle();
        assertThat(waits).hasSize((int) (SECONDS / 2) - 2);
        assertThat(trial.controlPlane.counts().refusedLater()).as("there is a flood").isGreaterThan(50);
        return Collections.max(waits);
    }
}
