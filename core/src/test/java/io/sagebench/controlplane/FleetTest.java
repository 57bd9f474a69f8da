package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlaneTrial.Client;
import io.sagebench.controlplane.ControlPlaneTrial.State;
import io.sagebench.engine.EngineId;
import io.sagebench.time.VirtualTimeline;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Engines added, drained, enabled and removed while requests are served.
class FleetTest {
    private static final EngineId A = new EngineId("a");

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine a = anEngine(timeline, "a");
    private final ScriptedEngine b = anEngine(timeline, "b");
    private final ControlPlaneTrial trial = new ControlPlaneTrial(
            timeline,
            "fifo",
            ControlPlaneSettings.DEFAULT.with(FailureSettings.DEFAULT.withoutProbes()),
            List.of(a));
    private final ControlPlane controlPlane = trial.controlPlane;

    @Test
    void anAddedEngineTakesWhatWaits() {
        trial.submit(aSubmission("1"));
        trial.submit(aSubmission("2"));
        assertThat(controlPlane.addEngine(b)).isInstanceOf(EngineChange.Done.class);
        assertThat(b.ids()).containsExactly("2");
        assertThat(trial.engine("b").health().state()).isEqualTo(EngineState.READY);
    }

    @Test
    void namesAreTakenOnce() {
        assertThat(controlPlane.addEngine(anEngine(timeline, "a")))
                .isEqualTo(new EngineChange.Refused("two engines are named a"));
        assertThat(controlPlane.engines()).hasSize(1);
    }

    @Test
    void aDrainingEngineGetsNothingAndStopsWhenItIsIdle() {
        controlPlane.addEngine(b);
        trial.submit(aSubmission("1"));
        assertThat(controlPlane.drainEngine(A)).isInstanceOf(EngineChange.Done.class);
        assertThat(trial.engine("a").health().state()).isEqualTo(EngineState.DRAINING);
        trial.submit(aSubmission("2"));
        trial.submit(aSubmission("3"));
        assertThat(a.ids()).containsExactly("1");
        a.jobs().getFirst().finish();
        assertThat(trial.engine("a").health().state()).isEqualTo(EngineState.STOPPED);
        assertThat(a.ids()).containsExactly("1");
        assertThat(trial.clients.getFirst().state).isEqualTo(State.FINISHED);
    }

    @Test
    void anIdleEngineStopsAtOnceAndComesBackWhenEnabled() {
        controlPlane.drainEngine(A);
        assertThat(trial.engine("a").health().state()).isEqualTo(EngineState.STOPPED);
        assertThat(controlPlane.drainEngine(A)).isEqualTo(new EngineChange.Refused("the engine a has stopped already"));
        assertThat(controlPlane.enableEngine(A)).isInstanceOf(EngineChange.Done.class);
        assertThat(controlPlane.enableEngine(A)).isEqualTo(new EngineChange.Refused("the engine a is ready already"));
        trial.submit(aSubmission("1"));
        assertThat(a.ids()).containsExactly("1");
    }

    @Test
    void aDrainCanBeCalledOff() {
        trial.submit(aSubmission("1"));
        controlPlane.drainEngine(A);
        controlPlane.enableEngine(A);
        trial.runMillis(60_000);
        a.jobs().getFirst().finish();
        assertThat(trial.clients.getFirst().state).isEqualTo(State.FINISHED);
        assertThat(trial.engine("a").health().state()).isEqualTo(EngineState.READY);
    }

    @Test
    void atTheDrainLimitWhatStillRunsThereIsTriedElsewhereOrFails() {
        Client silent = trial.submit(aSubmission("silent"));
        controlPlane.addEngine(b);
        controlPlane.removeEngine(A);
        trial.runMillis(30_001);
        assertThat(a.jobs().getFirst().isCancelled()).isTrue();
        assertThat(b.ids()).containsExactly("silent");
        assertThat(controlPlane.engines()).hasSize(1);
        Client streaming = trial.submit(aSubmission("streaming"));
        b.jobs().getFirst().tokens(1);
        controlPlane.removeEngine(new EngineId("b"));
        trial.runMillis(30_001);
        assertThat(silent.state).isEqualTo(State.FAILED);
        assertThat(Objects.requireNonNull(silent.failure).status()).isEqualTo(503);
        assertThat(streaming.state).as("nothing is left that could run it").isEqualTo(State.REFUSED);
        assertThat(controlPlane.engines()).isEmpty();
        trial.expectIdle();
    }

    @Test
    void aRemovedEngineIsForgottenAndItsModelWithIt() {
        trial.submit(aSubmission("1"));
        var gone = new boolean[1];
        assertThat(controlPlane.removeEngine(A, () -> gone[0] = true)).isInstanceOf(EngineChange.Done.class);
        assertThat(gone[0]).as("while something runs there").isFalse();
        a.jobs().getFirst().finish();
        assertThat(gone[0]).isTrue();
        assertThat(controlPlane.engines()).isEmpty();
        assertThat(refusalOf(trial.submit(aSubmission("x")))).isEqualTo(Refusal.Reason.UNKNOWN_MODEL);
        assertThat(controlPlane.removeEngine(A)).isEqualTo(new EngineChange.Unknown("no engine is named a"));
        assertThat(controlPlane.addEngine(anEngine(timeline, "a"))).isInstanceOf(EngineChange.Done.class);
    }

    @Test
    void whatWaitsForAModelThatLosesItsLastEngineIsToldSo() {
        trial.submit(aSubmission("running"));
        Client waiting = trial.submit(aSubmission("waiting"));
        controlPlane.drainEngine(A);
        assertThat(refusalOf(waiting)).isEqualTo(Refusal.Reason.NO_ENGINE);
        assertThat(refusalOf(trial.submit(aSubmission("late")))).isEqualTo(Refusal.Reason.NO_ENGINE);
        assertThat(Refusal.Reason.NO_ENGINE.status()).isEqualTo(503);
        a.jobs().getFirst().finish();
        trial.expectIdle();
    }

    /// Its submitter gives up on the other part of its work at once, which was the last on the engine.
    @Test
    void anEngineMayBeGoneBeforeTheFailureThatLedToItIsDealtWith() {
        ScriptedEngine two = anEngine(timeline, "two").models("n").maxConcurrent(2);
        controlPlane.addEngine(two);
        Client first = trial.submit(aSubmission("first").model("n"));
        Client second = trial.submit(aSubmission("second").model("n"));
        first.whenEnded = second::cancel;
        var gone = new int[1];
        controlPlane.removeEngine(new EngineId("two"), () -> gone[0]++);
        two.jobs().getFirst().fail(400);
        assertThat(first.state).isEqualTo(State.FAILED);
        assertThat(second.state).isEqualTo(State.CANCELLED);
        assertThat(gone[0]).isEqualTo(1);
        assertThat(controlPlane.engines()).hasSize(1);
        trial.checkBooks();
        trial.expectIdle();
    }

    @Test
    void whoeverAsksToDrainTheControlPlaneIsToldWhenItIsDone() {
        trial.submit(aSubmission("1"));
        var done = new int[2];
        controlPlane.drain(() -> done[0]++);
        controlPlane.drain(() -> done[1]++);
        a.jobs().getFirst().finish();
        assertThat(done).containsExactly(1, 1);
    }

    @Test
    void drainingTheControlPlaneWaitsForAllAndThenSaysSoOnce() {
        trial.submit(aSubmission("1"));
        trial.submit(aSubmission("2"));
        var done = new int[1];
        controlPlane.drain(() -> done[0]++);
        assertThat(refusalOf(trial.submit(aSubmission("late")))).isEqualTo(Refusal.Reason.STOPPING);
        a.jobs().getFirst().finish();
        assertThat(done[0]).isZero();
        a.jobs().getLast().finish();
        assertThat(done[0]).isEqualTo(1);
        trial.run();
        assertThat(done[0]).isEqualTo(1);
    }

    @Test
    void atItsDrainLimitTheControlPlaneFailsWhatIsLeft() {
        Client running = trial.submit(aSubmission("1"));
        Client waiting = trial.submit(aSubmission("2"));
        var done = new int[1];
        controlPlane.drain(() -> done[0]++);
        trial.runMillis(30_001);
        assertThat(running.state).isEqualTo(State.FAILED);
        assertThat(refusalOf(waiting)).isEqualTo(Refusal.Reason.STOPPING);
        assertThat(done[0]).isEqualTo(1);
        trial.expectIdle();
    }

    @Test
    void drainingAnIdleControlPlaneIsDoneAtOnce() {
        var done = new int[1];
        controlPlane.drain(() -> done[0]++);
        assertThat(done[0]).isEqualTo(1);
    }

    private static Refusal.Reason refusalOf(Client client) {
        assertThat(client.state).isEqualTo(State.REFUSED);
        return Objects.requireNonNull(client.refusal).reason();
    }
}
