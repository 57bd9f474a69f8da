package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlaneTrial.Client;
import io.sagebench.controlplane.ControlPlaneTrial.State;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.Probe;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Probes, breakers and limits on silence.
class HealthTest {
    private static final EngineId A = new EngineId("a");
    private static final Probe DOWN = new Probe.NotReady("connection refused");
    private static final ProbeSettings EVERY_SECOND =
            new ProbeSettings(Duration.ofSeconds(1), Duration.ofMillis(500), 3, Duration.ofSeconds(20), 0);
    private static final BreakerSettings BREAKER =
            new BreakerSettings(20, 0.5, Duration.ofSeconds(1), Duration.ofSeconds(30), 0, 2);
    private static final PhaseLimits PHASES =
            new PhaseLimits(4, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(10));

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine a = anEngine(timeline, "a").maxConcurrent(4);

    @Test
    void anEngineGetsNothingUntilItSaysThatItIsReady() {
        a.probed(DOWN);
        ControlPlaneTrial trial = trial(a);
        assertThat(health(trial).state()).isEqualTo(EngineState.STARTING);
        trial.submit(aSubmission("1"));
        trial.runMillis(15_000);
        assertThat(health(trial).state()).as("within the grace for loading a model").isEqualTo(EngineState.STARTING);
        assertThat(a.jobs()).isEmpty();
        a.probed(new Probe.Ready());
        trial.runMillis(1_001);
        assertThat(health(trial).state()).isEqualTo(EngineState.READY);
        assertThat(a.ids()).containsExactly("1");
    }

    @Test
    void anEngineThatNeverStartsIsInError() {
        a.probed(DOWN);
        ControlPlaneTrial trial = trial(a);
        trial.runMillis(20_500);
        assertThat(health(trial).state()).isEqualTo(EngineState.ERROR);
        assertThat(health(trial).reason()).isEqualTo("connection refused");
    }

    @Test
    void threeBadAnswersInARowTakeItOutOfServiceAndOneGoodOneBringsItBackOnTrial() {
        ControlPlaneTrial trial = trial(a);
        a.probed(DOWN);
        trial.runMillis(2_500);
        assertThat(health(trial).state()).as("after two bad answers").isEqualTo(EngineState.READY);
        trial.runMillis(1_000);
        assertThat(health(trial).state()).isEqualTo(EngineState.ERROR);
        assertThat(health(trial).breaker()).isEqualTo(BreakerState.OPEN);
        trial.submit(aSubmission("1"));
        trial.submit(aSubmission("2"));
        assertThat(a.jobs()).isEmpty();
        a.probed(new Probe.Ready());
        trial.runMillis(2_000);
        assertThat(health(trial).state()).isEqualTo(EngineState.READY);
        assertThat(a.ids()).as("one on trial").containsExactly("1");
        a.jobs().getFirst().finish();
        assertThat(a.ids()).containsExactly("1", "2");
        a.jobs().getLast().finish();
        assertThat(health(trial).breaker()).isEqualTo(BreakerState.CLOSED);
        assertThat(trial.controlPlane.metrics().activity().breakerOpenings()).isEqualTo(1);
    }

    @Test
    void twoBadAnswersAndAGoodOneStartTheCountAnew() {
        ControlPlaneTrial trial = trial(a);
        for (int i = 0; i < 5; i++) {
            a.probed(DOWN);
            trial.runMillis(2_000);
            a.probed(new Probe.Ready());
            trial.runMillis(1_000);
        }
        assertThat(health(trial).state()).isEqualTo(EngineState.READY);
        assertThat(health(trial).openings()).isZero();
    }

    @Test
    void noAnswerIsABadOneAndALateOneIsNotHeard() {
        ControlPlaneTrial trial = trial(a);
        var unanswered = new ArrayList<Consumer<Probe>>();
        a.probed(unanswered::add);
        trial.runMillis(5_500);
        assertThat(health(trial).state()).isEqualTo(EngineState.ERROR);
        assertThat(health(trial).reason()).isEqualTo("it gave no answer within 500 ms");
        unanswered.getFirst().accept(new Probe.Ready());
        assertThat(health(trial).state()).as("the answer to a question long past").isEqualTo(EngineState.ERROR);
        a.probed(new Probe.Ready());
        trial.runMillis(1_501);
        assertThat(health(trial).state()).isEqualTo(EngineState.READY);
    }

    @Test
    void anEngineThatFailsMostCallsIsLeftAloneAndTriedAgain() {
        var trial = new ControlPlaneTrial(timeline, "fifo", settings(Optional.empty()), List.of(a));
        for (int i = 0; i < 11; i++) {
            trial.submit(aSubmission("r" + i));
            a.jobs().getLast().fail(500);
        }
        assertThat(health(trial).breaker()).isEqualTo(BreakerState.OPEN);
        Client waiting = trial.submit(aSubmission("waiting"));
        trial.runMillis(999);
        assertThat(waiting.state).isEqualTo(State.WAITING);
        trial.runMillis(2);
        assertThat(waiting.state).isEqualTo(State.DISPATCHED);
        a.jobs().getLast().fail(500);
        assertThat(health(trial).breaker()).isEqualTo(BreakerState.OPEN);
        trial.submit(aSubmission("again"));
        trial.runMillis(1_999);
        assertThat(a.jobs()).hasSize(12);
        trial.runMillis(2);
        assertThat(a.jobs()).hasSize(13);
    }

    @Test
    void anEngineInErrorThatWasDrainedIsProbedBeforeItGetsAnything() {
        ControlPlaneTrial trial = trial(a);
        trial.submit(aSubmission("running"));
        a.probed(DOWN);
        trial.runMillis(3_500);
        assertThat(health(trial).state()).isEqualTo(EngineState.ERROR);
        trial.controlPlane.drainEngine(A);
        trial.controlPlane.enableEngine(A);
        assertThat(health(trial).state()).isEqualTo(EngineState.STARTING);
        assertThat(health(trial).breaker()).isEqualTo(BreakerState.CLOSED);
        trial.submit(aSubmission("waiting"));
        assertThat(a.ids()).containsExactly("running");
        a.probed(new Probe.Ready());
        trial.runMillis(1_001);
        assertThat(a.ids()).containsExactly("running", "waiting");
        a.jobs().getFirst().finish();
        assertThat(trial.clients.getFirst().state).as("what ran there went on").isEqualTo(State.FINISHED);
    }

    @Test
    void enablingAnEngineEndsTheRestItAskedFor() {
        var trial = new ControlPlaneTrial(timeline, "fifo", settings(Optional.empty()), List.of(a));
        trial.submit(aSubmission("1"));
        a.jobs().getFirst().fail(new EngineFailure(429, "busy").retryAfter(Duration.ofSeconds(10)));
        assertThat(health(trial).resting()).isTrue();
        assertThat(trial.controlPlane.enableEngine(A)).isInstanceOf(EngineChange.Done.class);
        assertThat(health(trial).resting()).isFalse();
        trial.submit(aSubmission("2"));
        assertThat(a.ids()).containsExactly("1", "2");
        trial.controlPlane.drainEngine(A);
        a.jobs().getLast().finish();
        trial.controlPlane.enableEngine(A);
        trial.submit(aSubmission("3"));
        assertThat(a.ids()).containsExactly("1", "2", "3");
    }

    @Test
    void errorsOfClientsSayNothingOfTheEngine() {
        var trial = new ControlPlaneTrial(timeline, "fifo", settings(Optional.empty()), List.of(a));
        for (int i = 0; i < 40; i++) {
            trial.submit(aSubmission("r" + i));
            a.jobs().getLast().fail(i % 2 == 0 ? 400 : 429);
        }
        assertThat(health(trial).breaker()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aRequestWaitsThirtySecondsForAnEngineThatMayComeBackAndNoLongerThanItsDeadline() {
        ControlPlaneTrial trial = trial(a);
        a.probed(DOWN);
        trial.runMillis(3_500);
        Client patient = trial.submit(aSubmission("patient"));
        Client hurried = trial.submit(aSubmission("hurried").dueMillis(5_000));
        trial.runMillis(5_001);
        assertThat(Objects.requireNonNull(hurried.refusal).reason()).isEqualTo(Refusal.Reason.DEADLINE_EXPIRED);
        trial.runMillis(24_998);
        assertThat(patient.state).isEqualTo(State.WAITING);
        trial.runMillis(2);
        assertThat(Objects.requireNonNull(patient.refusal).reason()).isEqualTo(Refusal.Reason.NO_ENGINE);
        assertThat(trial.controlPlane.metrics().counts().holds()).isTrue();
    }

    @Test
    void aSilentEngineLosesItsRequestToAnotherAndFailsOneThatHasBegun() {
        var b = anEngine(timeline, "b").maxConcurrent(4);
        var trial = new ControlPlaneTrial(timeline, "fifo", settings(Optional.empty()), List.of(a, b));
        Client promised = trial.submit(aSubmission("promised").dueMillis(60_000));
        Client free = trial.submit(aSubmission("free"));
        assertThat(a.ids()).containsExactly("promised");
        assertThat(b.ids()).containsExactly("free");
        b.jobs().getFirst().tokens(1);
        trial.runMillis(9_999);
        assertThat(free.state).isEqualTo(State.DISPATCHED);
        trial.runMillis(2);
        assertThat(free.state).as("10 s after its last token").isEqualTo(State.FAILED);
        assertThat(Objects.requireNonNull(free.failure).status()).isEqualTo(504);
        assertThat(Objects.requireNonNull(free.failure).message()).isEqualTo("the engine gave no further token within 10000 ms");
        assertThat(b.jobs().getFirst().isCancelled()).isTrue();
        trial.runMillis(9_998);
        assertThat(a.jobs().getFirst().isCancelled()).isFalse();
        trial.runMillis(2);
        assertThat(a.jobs().getFirst().isCancelled()).as("20 s, the cap of four times its promise").isTrue();
        assertThat(b.ids()).containsExactly("free", "promised");
        b.jobs().getLast().finish();
        assertThat(promised.state).isEqualTo(State.FINISHED);
        trial.expectIdle();
    }

    @Test
    void tokensNowAndThenKeepARequestAlive() {
        var trial = new ControlPlaneTrial(timeline, "fifo", settings(Optional.empty()), List.of(a));
        Client slow = trial.submit(aSubmission("slow").tokens(10, 20));
        trial.runMillis(19_000);
        for (int i = 0; i < 19; i++) {
            a.jobs().getFirst().tokens(1);
            trial.runMillis(9_000);
        }
        a.jobs().getFirst().finish();
        assertThat(slow.state).isEqualTo(State.FINISHED);
    }

    @Test
    void theLimitOnTheFirstTokenFollowsFromThePromise() {
        var none = aSubmission("x").build().serviceLevel();
        var second = aSubmission("x").dueMillis(1_000).build().serviceLevel();
        var tenth = aSubmission("x").dueMillis(100).build().serviceLevel();
        var hour = aSubmission("x").dueMillis(3_600_000).build().serviceLevel();
        assertThat(PHASES.firstTokenNanos(none, true)).isEqualTo(20_000_000_000L);
        assertThat(PHASES.firstTokenNanos(second, true)).isEqualTo(4_000_000_000L);
        assertThat(PHASES.firstTokenNanos(tenth, true)).isEqualTo(2_000_000_000L);
        assertThat(PHASES.firstTokenNanos(hour, true)).isEqualTo(20_000_000_000L);
        assertThat(PHASES.firstTokenNanos(second, false)).isEqualTo(20_000_000_000L);
    }

    private static EngineStatus.Health health(ControlPlaneTrial trial) {
        return trial.engine("a").health();
    }

    private ControlPlaneTrial trial(ScriptedEngine engine) {
        return new ControlPlaneTrial(timeline, "fifo", settings(Optional.of(EVERY_SECOND)), List.of(engine));
    }

    private static ControlPlaneSettings settings(Optional<ProbeSettings> probes) {
        return ControlPlaneSettings.DEFAULT.with(new FailureSettings(
                probes,
                Optional.of(BREAKER),
                RetrySettings.DEFAULT,
                Optional.of(PHASES),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30)));
    }
}
