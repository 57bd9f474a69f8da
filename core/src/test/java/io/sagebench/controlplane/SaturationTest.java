package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.controlplane.ControlPlaneTrial.State;
import io.sagebench.engine.Probe;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.request.Priority;
import io.sagebench.time.VirtualTimeline;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SaturationTest {
    private static final double CLOSE = 1e-9;

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine a = anEngine(timeline, "a").maxConcurrent(10).kvTokens(1_000);
    private final ScriptedEngine b = anEngine(timeline, "b").maxConcurrent(10).kvTokens(1_000);

    @Test
    void isTheMeanOfTheEnginesEachByItsQueueOrItsCache() {
        ControlPlaneTrial trial = trial(OptionalDouble.empty(), a, b);
        assertThat(saturation(trial)).isZero();
        trial.submit(aSubmission("1").tokens(396, 4));
        assertThat(saturation(trial)).as("(400 of 1000 tokens / 0.8 + 0) / 2").isCloseTo(0.25, within(CLOSE));
        trial.submit(aSubmission("2"));
        assertThat(saturation(trial)).as("and one request of five").isCloseTo((0.5 + 0.2) / 2, within(CLOSE));
        b.jobs().getFirst().tokens(1);
        assertThat(saturation(trial)).as("whose cache is 14 of 1000").isCloseTo((0.5 + 0.014 / 0.8) / 2, within(CLOSE));
    }

    @Test
    void whatWaitsInTheControlPlaneCountsForAllEngines() {
        var one = anEngine(timeline, "one");
        var other = anEngine(timeline, "other");
        ControlPlaneTrial trial = trial(OptionalDouble.empty(), one, other);
        for (int i = 0; i < 22; i++) {
            trial.submit(aSubmission("r" + i));
        }
        assertThat(saturation(trial)).as("one on each and ten more for each").isCloseTo(11 / 5.0, within(CLOSE));
    }

    @Test
    void aReportCountsWhileItIsFresh() {
        ControlPlaneTrial trial = trial(OptionalDouble.empty(), a);
        a.reporting(new ReportedLoad(0, OptionalLong.of(3), OptionalLong.of(15), OptionalDouble.of(0.4)));
        assertThat(saturation(trial)).isCloseTo(3, within(CLOSE));
        trial.runMillis(200);
        assertThat(saturation(trial)).isCloseTo(3, within(CLOSE));
        trial.runMillis(1);
        assertThat(saturation(trial)).as("stale").isZero();
    }

    @Test
    void anEmbeddingEngineIsAsFullAsItsShareOfRequests() {
        var embedding = anEngine(timeline, "e").embedding().maxConcurrent(8);
        ControlPlaneTrial trial = trial(OptionalDouble.empty(), embedding);
        trial.submit(aSubmission("1").embedding(10, 20));
        trial.submit(aSubmission("2").embedding(10));
        assertThat(saturation(trial)).isCloseTo(0.25, within(CLOSE));
    }

    @Test
    void beyondTheLimitTheLeastUrgentAreTurnedAwayFirst() {
        var large = anEngine(timeline, "large").maxConcurrent(100);
        ControlPlaneTrial trial = trial(OptionalDouble.of(1), large);
        fill(trial, 4);
        expect(trial, Map.of(Priority.BACKGROUND, true));
        assertThat(saturation(trial)).isCloseTo(1, within(CLOSE));
        expect(trial, Map.of(Priority.BACKGROUND, false, Priority.LOW, true));
        fill(trial, 1);
        assertThat(saturation(trial)).isCloseTo(1.4, within(CLOSE));
        expect(trial, Map.of(Priority.BACKGROUND, false, Priority.LOW, false));
        fill(trial, 3);
        assertThat(saturation(trial)).isCloseTo(2, within(CLOSE));
        expect(trial, Map.of(Priority.NORMAL, false, Priority.BACKGROUND, false));
        expect(trial, Map.of(Priority.HIGH, true));
        expect(trial, Map.of(Priority.CRITICAL, true));
        Refusal refusal = trial.clients.stream()
                .filter(client -> client.state == State.REFUSED)
                .map(client -> Objects.requireNonNull(client.refusal))
                .findFirst()
                .orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.SATURATED);
        assertThat(refusal.reason().status()).isEqualTo(429);
        assertThat(refusal.retryAfter()).isPresent();
    }

    @Test
    void whenNothingIsKnownNobodyIsTurnedAway() {
        a.probed(new Probe.NotReady("it is still loading its model"));
        var trial = new ControlPlaneTrial(
                timeline,
                "fifo",
                ControlPlaneSettings.DEFAULT.with(
                        new AdmissionSettings(Map.of(), TenantLimits.NONE, OptionalDouble.of(0.01))),
                List.of(a));
        assertThat(trial.controlPlane.metrics().saturation()).isEmpty();
        trial.submit(aSubmission("1"));
        assertThat(trial.submit(aSubmission("2").priority(Priority.BACKGROUND)).state).isEqualTo(State.WAITING);
    }

    private static void fill(ControlPlaneTrial trial, int requests) {
        for (int i = 0; i < requests; i++) {
            trial.submit(aSubmission("fill" + trial.clients.size()).priority(Priority.CRITICAL));
        }
    }

    private static void expect(ControlPlaneTrial trial, Map<Priority, Boolean> accepted) {
        accepted.forEach((priority, isAccepted) -> assertThat(
                        trial.submit(aSubmission("x" + trial.clients.size()).priority(priority)).state)
                .as("%s", priority)
                .isEqualTo(isAccepted ? State.DISPATCHED : State.REFUSED));
    }

    private static double saturation(ControlPlaneTrial trial) {
        return trial.controlPlane.metrics().saturation().orElseThrow();
    }

    private ControlPlaneTrial trial(OptionalDouble maxSaturation, ScriptedEngine... engines) {
        var admission = new AdmissionSettings(Map.of(), TenantLimits.NONE, maxSaturation);
        return new ControlPlaneTrial(
                timeline,
                "fifo",
                ControlPlaneSettings.plain(QueueLimits.DEFAULT).with(admission),
                List.of(engines));
    }
}
